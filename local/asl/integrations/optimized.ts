import { modelOf } from '../../models/model.ts';
import type { Data } from '../data.ts';
import { StateError } from '../errors.ts';
import type { Integration, TaskCall } from './integration.ts';
import { withSdkMetadata } from './sdk-metadata.ts';
import { asEpochMs, toResult, toServiceInput } from './shapes.ts';

/** Optimized request-response: the response with the SDK's metadata beside it. */
export const optimized: Integration = {
  request: (task) => optimizedRequest(task, task.arguments),
};

/** Calls the task's operation and gives its response with the metadata. */
export async function optimizedRequest(task: TaskCall, input: unknown): Promise<Data> {
  const { answer, result } = await called(task, input);
  return withSdkMetadata(result, task.resource.service, JSON.stringify(answer), task.execution);
}

/** Calls the task's operation and gives its bare response. */
export const optimizedCall = async (task: TaskCall, input: unknown): Promise<Record<string, unknown>> =>
  (await called(task, input)).result;

async function called(
  { resource, call }: TaskCall,
  input: unknown,
): Promise<{ answer: unknown; result: Record<string, unknown> }> {
  const model = modelOf(resource.service).operation(resource.operation);
  if (resource.service === 'sqs') requireQueueHost(input);
  const answer = (await call(resource.operation, toServiceInput(input, model?.input))) ?? {};
  return { answer, result: toResult(answer, model?.output, asEpochMs) as Record<string, unknown> };
}

/** Hosts of queues' URLs, an open local world's among them. */
const QUEUE_HOST = /^(.+\.)?(sqs|queue)\.([\w-]+\.)?amazonaws\.com(\.cn)?$|^(localhost|127\.0\.0\.1)(:\d+)?$/;

/** The client goes where the queue's URL says, and finds nobody elsewhere (recorded). */
function requireQueueHost(input: unknown): void {
  const { QueueUrl } = input as { QueueUrl?: unknown };
  const host = /^https?:\/\/([^/]+)/.exec(String(QueueUrl))?.[1];
  if (host === undefined || QUEUE_HOST.test(host)) return;
  throw new StateError(
    'SQS.SdkClientException',
    `Unable to execute HTTP request: ${host}: Name or service not known`,
  );
}
