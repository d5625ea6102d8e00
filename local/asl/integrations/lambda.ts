import { dataOf } from '../data.ts';
import { StateError } from '../errors.ts';
import type { Integration, TaskCall } from './integration.ts';
import { withSdkMetadata } from './sdk-metadata.ts';

interface InvokeAnswer {
  readonly StatusCode?: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  readonly LogResult?: string;
  readonly Payload?: Uint8Array | string;
}

/** `lambda:invoke`: the payload travels as JSON both ways, and a function's error keeps its name. */
export const lambdaInvoke: Integration = {
  async request(task) {
    const { Payload, ...input } = task.arguments as Record<string, unknown>;
    // Recorded by AWS: a text is taken for the JSON text that it then has to be.
    const text = typeof Payload === 'string' ? Payload : JSON.stringify(Payload ?? {});
    const answer = await invoke(task, { ...input, Payload: text });
    const body = textOf(answer.Payload);
    const { ExecutedVersion = '$LATEST', LogResult, StatusCode = 200 } = answer;
    const response = {
      ExecutedVersion,
      ...(LogResult !== undefined && { LogResult }),
      Payload: parsed(body),
      StatusCode,
    };
    return withSdkMetadata(response, 'lambda', body, task.execution);
  },
};

/** A function's ARN as `Resource`: the arguments are the event, the function's answer is the result. */
export const lambdaFunction: Integration = {
  async request(task) {
    const input = { FunctionName: task.resource.resource, Payload: JSON.stringify(task.arguments) };
    return dataOf(parsed(textOf((await invoke(task, input)).Payload)));
  },
};

async function invoke(task: TaskCall, input: object): Promise<InvokeAnswer> {
  const answer = (await task.call('Invoke', input)) as InvokeAnswer;
  if (answer.FunctionError === undefined) return answer;
  const cause = textOf(answer.Payload);
  throw new StateError(errorTypeIn(cause), cause);
}

/** An asynchronous invocation answers nothing. */
const parsed = (text: string): unknown => (text === '' ? {} : JSON.parse(text));

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
