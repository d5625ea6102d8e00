import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { logger } from '#shared/logger.ts';
import { awsDoors } from './aws.ts';
import type { CodePipelineEvent } from './codepipeline-event.ts';
import { completeCodePipelineJob } from './complete-codepipeline-job.ts';

const doors = awsDoors(process.env);

/** The event carries credentials, so only the job's id and the answer are logged. */
export const handler = middy(async ({ 'CodePipeline.job': job }: CodePipelineEvent): Promise<void> => {
  const answer = await completeCodePipelineJob(job, doors);
  logger.info('answered a job of CodePipeline', { jobId: job.id, answer });
}).use(injectLambdaContext(logger, { resetKeys: true }));
