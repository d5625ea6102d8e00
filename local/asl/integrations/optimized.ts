import { modelOf } from '../../models/model.ts';
import type { Random } from '../../random.ts';
import type { Integration, TaskCall } from './integration.ts';
import { asEpochMs, toResult, toServiceInput } from './shapes.ts';

/** Optimized request-response: the response with the SDK's metadata beside it. */
export const optimized: Integration = {
  async request(task) {
    return { ...(await optimizedCall(task, task.arguments)), ...sdkMetadata(task.execution.random) };
  },
};

/** Calls the task's operation and gives its bare response. */
export async function optimizedCall(
  { resource, call }: TaskCall,
  input: unknown,
): Promise<Record<string, unknown>> {
  const model = modelOf(resource.service).operation(resource.operation);
  const answer = await call(resource.operation, toServiceInput(input, model?.input));
  return toResult(answer ?? {}, model?.output, asEpochMs) as Record<string, unknown>;
}

/** What optimized integrations add to a response. AWS's has more headers; none says anything to a machine. */
export function sdkMetadata(random: Random): Record<string, unknown> {
  const requestId = random.uuid();
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { 'x-amzn-RequestId': [requestId] },
      HttpHeaders: { 'x-amzn-RequestId': requestId },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
