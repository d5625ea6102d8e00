import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Lambda } from './lambda.ts';
import type { LambdaFunction } from './lambda-function.ts';

interface InvokeInput {
  FunctionName: string;
  InvocationType?: 'RequestResponse' | 'Event' | 'DryRun';
  /** JSON text or its bytes; any other value is what a state machine passes and becomes JSON. */
  Payload?: unknown;
  LogType?: 'None' | 'Tail';
  Qualifier?: string;
}

/** Lambda tries an asynchronous event so many times more, after so many seconds. */
const ASYNC_RETRY_SECONDS = [60, 120];

/** Lambda's log tail. */
const TAIL_BYTES = 4_096;

/** The payload of the answer is JSON text. */
export const invoke =
  (lambda: Lambda, world: World): Operation =>
  async (input: InvokeInput) => {
    const called = lambda.function(input.FunctionName, input.Qualifier);
    const event = jsonText(input.Payload);
    const type = input.InvocationType ?? 'RequestResponse';
    if (type === 'DryRun') return { StatusCode: 204, Payload: '' };
    if (type === 'Event') {
      void runUntilItSucceeds(lambda, world, called, event);
      return { StatusCode: 202, Payload: '' };
    }

    const { payload, isError, log } = await lambda.run(called, event);
    const tail = Buffer.from(log).subarray(-TAIL_BYTES).toString('base64');
    return {
      StatusCode: 200,
      ...(isError && { FunctionError: 'Unhandled' }),
      ...(input.LogType === 'Tail' && { LogResult: tail }),
      Payload: payload,
      ExecutedVersion: /^\d+$/.test(input.Qualifier ?? '') ? input.Qualifier : '$LATEST',
    };
  };

const runUntilItSucceeds = async (
  lambda: Lambda,
  world: World,
  called: LambdaFunction,
  event: string,
): Promise<void> => {
  // In a moment of its own: the caller has its answer before the function begins.
  await world.clock.sleep(0);
  for (const waitSeconds of [...ASYNC_RETRY_SECONDS, undefined]) {
    const { isError } = await lambda.run(called, event);
    if (!isError) return;
    if (waitSeconds !== undefined) await world.clock.sleep(waitSeconds * 1000);
  }
  world.journal.write(`lambda/${called.name}`, 'dropped an asynchronous event after 3 attempts');
};

const jsonText = (payload: unknown): string => {
  if (payload === undefined || payload === '') return '{}';
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) return JSON.stringify(payload);
  const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString();
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
};
