import type { CodePipeline } from './codepipeline.ts';
import type { FailureDetails } from './job.ts';

/** @throws AwsError JobNotFoundException, InvalidJobStateException */
export function putJobFailureResult(
  codepipeline: CodePipeline,
  input: { readonly jobId: string; readonly failureDetails: FailureDetails },
): Record<string, never> {
  const job = codepipeline.openJob(input.jobId);
  job.failure = input.failureDetails;
  codepipeline.end(job, 'Failed', `${job.failure.type}: ${job.failure.message}`);
  return {};
}
