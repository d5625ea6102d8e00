import type { CodePipeline } from './codepipeline.ts';
import { jobData } from './job-event.ts';

/** The job as its function got it. @throws AwsError JobNotFoundException */
export function getJobDetails(codepipeline: CodePipeline, input: { readonly jobId: string }) {
  const { world } = codepipeline;
  const job = codepipeline.job(input.jobId);
  return { jobDetails: { id: job.id, accountId: world.accountId, data: jobData(world, job) } };
}
