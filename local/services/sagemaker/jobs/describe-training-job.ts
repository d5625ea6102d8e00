import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import { cut } from './failure-reason.ts';
import type { Jobs } from './jobs.ts';
import type { TrainingJob } from './training-job.ts';
import { modelArtifactsUri } from './uploads.ts';

const ECHOED = [
  'AlgorithmSpecification',
  'CheckpointConfig',
  'DebugHookConfig',
  'Environment',
  'ExperimentConfig',
  'HyperParameters',
  'InputDataConfig',
  'OutputDataConfig',
  'ProfilerConfig',
  'ResourceConfig',
  'RetryStrategy',
  'RoleArn',
  'StoppingCondition',
  'TensorBoardOutputConfig',
  'VpcConfig',
] as const;

/** @throws AwsError ValidationException, which is what AWS answers for a job that is not there (botocore's waiter relies on it) */
export const describeTrainingJob =
  (jobs: Jobs): Operation =>
  ({ TrainingJobName }: { TrainingJobName: string }) => {
    const job = jobs.training.get(TrainingJobName);
    if (!job) throw validationError('Requested resource not found.');
    return job.describe();
  };

/** @see DescribeTrainingJob in the API model; optional fields are absent rather than null. */
export function trainingDescription(job: TrainingJob): Record<string, unknown> {
  const { request } = job;
  const description: Record<string, unknown> = {
    TrainingJobName: job.name,
    TrainingJobArn: job.arn,
    ModelArtifacts: { S3ModelArtifacts: modelArtifactsUri(request) },
    TrainingJobStatus: job.status,
    SecondaryStatus: job.secondaryStatus,
    CreationTime: new Date(job.createdMs),
    LastModifiedTime: new Date(job.modifiedMs),
    SecondaryStatusTransitions: job.transitions.map(({ status, startMs, endMs, message }) => ({
      Status: status,
      StartTime: new Date(startMs),
      ...(endMs === undefined ? {} : { EndTime: new Date(endMs) }),
      StatusMessage: message,
    })),
    EnableNetworkIsolation: false,
    EnableInterContainerTrafficEncryption: false,
    ...flags(request as unknown as Record<string, unknown>),
    EnableManagedSpotTraining: request.EnableManagedSpotTraining ?? false,
  };
  for (const name of ECHOED) {
    const value = (request as unknown as Record<string, unknown>)[name];
    if (value !== undefined) description[name] = value;
  }
  if (job.failureReason !== undefined) description.FailureReason = cut(job.failureReason);
  if (job.startedMs !== undefined) description.TrainingStartTime = new Date(job.startedMs);
  if (job.endedMs !== undefined) description.TrainingEndTime = new Date(job.endedMs);
  if (job.finalMetrics.length > 0) description.FinalMetricDataList = job.finalMetrics;
  if (job.hasEnded && job.startedMs !== undefined) {
    description.TrainingTimeInSeconds = job.trainingSeconds;
    description.BillableTimeInSeconds = job.billableSeconds;
  }
  return description;
}

function flags(request: Record<string, unknown>): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of ['EnableNetworkIsolation', 'EnableInterContainerTrafficEncryption']) {
    if (request[name] !== undefined) given[name] = request[name];
  }
  return given;
}
