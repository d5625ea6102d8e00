import { StateError } from '../errors.ts';
import type { Integration, TaskCall } from './integration.ts';
import { sdkMetadata } from './optimized.ts';

interface InvokeAnswer {
  readonly StatusCode?: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array | string;
}

/** `lambda:invoke`: the payload travels as JSON both ways, and a function's error keeps its name. */
export const lambdaInvoke: Integration = {
  async request(task) {
    const { Payload, ...input } = task.arguments as Record<string, unknown>;
    const answer = await invoke(task, { ...input, Payload: JSON.stringify(Payload ?? {}) });
    return {
      ExecutedVersion: answer.ExecutedVersion ?? '$LATEST',
      Payload: payloadOf(answer),
      ...sdkMetadata(task.execution.random),
      StatusCode: answer.StatusCode ?? 200,
    };
  },
};

/** A function's ARN as `Resource`: the arguments are the event, the function's answer is the result. */
export const lambdaFunction: Integration = {
  async request(task) {
    const input = { FunctionName: task.resource.resource, Payload: JSON.stringify(task.arguments) };
    return payloadOf(await invoke(task, input));
  },
};

async function invoke(task: TaskCall, input: object): Promise<InvokeAnswer> {
  const answer = (await task.call('Invoke', input)) as InvokeAnswer;
  if (answer.FunctionError === undefined) return answer;
  const cause = textOf(answer.Payload);
  throw new StateError(errorTypeIn(cause), cause);
}

function payloadOf({ Payload }: InvokeAnswer): unknown {
  const text = textOf(Payload);
  // An asynchronous invocation answers nothing.
  return text === '' ? {} : JSON.parse(text);
}

const textOf = (payload: Uint8Array | string | undefined): string =>
  typeof payload === 'string' ? payload : Buffer.from(payload ?? []).toString('utf8');

function errorTypeIn(cause: string): string {
  try {
    const { errorType } = JSON.parse(cause) as { errorType?: string };
    // A thrown text has no type; AWS then calls the error Error.
    return errorType || 'Error';
  } catch {
    return 'Lambda.Unknown';
  }
}
