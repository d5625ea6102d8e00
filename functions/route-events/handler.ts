import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import middy from '@middy/core';
import type { Pipeline } from '#shared/generated/contracts.ts';
import pipelines from '#shared/generated/pipelines.json' with { type: 'json' };
import { logger } from '#shared/logger.ts';
import type { Asked } from './route-event.ts';
import { routeRecord, type Started } from './route-events.ts';
import type { SQSRecord } from './sqs.ts';

const sfn = new SFNClient({});
const processor = new BatchProcessor(EventType.SQS);

async function start({ name, request }: Asked): Promise<Started> {
  try {
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: process.env.RELEASE_STATE_MACHINE_ARN,
        name,
        input: JSON.stringify(request),
      }),
    );
    return 'started';
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return 'duplicate';
    throw error;
  }
}

const doors = {
  pipelines: pipelines as unknown as Record<string, Pipeline>,
  start,
  log: (message: string, detail: Record<string, unknown>) => logger.info(message, detail),
};

export const handler = middy(async (event: never, context: never) =>
  processPartialResponse(event, (record: unknown) => routeRecord(record as SQSRecord, doors), processor, {
    context,
    // A whole batch of poison must not look like a failed invocation: each message goes its own way.
    throwOnFullBatchFailure: false,
  }),
).use(injectLambdaContext(logger, { resetKeys: true }));
