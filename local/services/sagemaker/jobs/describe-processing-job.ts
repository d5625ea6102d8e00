import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import { cut } from './failure-reason.ts';
import type { Jobs } from './jobs.ts';
import type { ProcessingJob } from './processing-job.ts';

const ECHOED = [
  'AppSpecification',
  'Environment',
  'ExperimentConfig',
  'NetworkConfig',
  'ProcessingInputs',
  'ProcessingOutputConfig',
  'ProcessingResources',
  'RoleArn',
  'StoppingCondition',
] as const;

/** @throws AwsError ValidationException, which is what AWS answers for a job that is not there (botocore's waiter relies on it) */
export const describeProcessingJob =
  (jobs: Jobs): Operation =>
  ({ ProcessingJobName }: { ProcessingJobName: string }) => {
    const job = jobs.processing.get(ProcessingJobName);
    if (!job) throw validationError(`Could not find requested job with name: ${ProcessingJobName}`);
    return job.describe();
  };

/** @see DescribeProcessingJob in the API model; optional fields are absent rather than null. */
export function processingDescription(job: ProcessingJob): Record<string, unknown> {
  const description: Record<string, unknown> = {
    ProcessingJobName: job.name,
    ProcessingJobArn: job.arn,
    ProcessingJobStatus: job.status,
    CreationTime: new Date(job.createdMs),
    LastModifiedTime: new Date(job.modifiedMs),
  };
  for (const name of ECHOED) {
    const value = (job.request as unknown as Record<string, unknown>)[name];
    if (value !== undefined) description[name] = value;
  }
  if (job.exitMessage) description.ExitMessage = cut(job.exitMessage);
  if (job.failureReason !== undefined) description.FailureReason = cut(job.failureReason);
  if (job.startedMs !== undefined) description.ProcessingStartTime = new Date(job.startedMs);
  if (job.endedMs !== undefined) description.ProcessingEndTime = new Date(job.endedMs);
  return description;
}
