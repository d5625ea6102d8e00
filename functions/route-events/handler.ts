import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Pipeline } from '#shared/generated/contracts.ts';
import pipelines from '#shared/generated/pipelines.json' with { type: 'json' };
import { logger } from '#shared/logger.ts';
import { awsDoors } from './aws.ts';
import { countsLine } from './metrics.ts';
import { routeBatch } from './route-batch.ts';
import type { SQSEvent } from './sqs.ts';

const doors = awsDoors(process.env);
const watching = Object.values(pipelines) as unknown as Pipeline[];

export const handler = middy(async ({ Records }: SQSEvent) => {
  const { failed, unmatched, malformed } = await routeBatch(Records, watching, doors, (message, detail) =>
    logger.info(message, detail),
  );
  const counts = { EventsReceived: Records.length, EventsUnmatched: unmatched, EventsMalformed: malformed };
  console.log(countsLine(counts, process.env.POWERTOOLS_SERVICE_NAME ?? 'signalbox', Date.now()));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}).use(injectLambdaContext(logger, { resetKeys: true }));
