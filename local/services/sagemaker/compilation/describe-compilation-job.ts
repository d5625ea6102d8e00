import type { Operation } from '../../../service.ts';
import type { CompilationJob } from './compilation-job.ts';
import type { Compilations } from './compilations.ts';

/** @throws AwsError ResourceNotFound */
export const describeCompilationJob =
  (compilations: Compilations): Operation =>
  ({ CompilationJobName }: { CompilationJobName: string }) =>
    described(compilations.job(CompilationJobName));

/** Reason and artifact are always there, empty until there is one. */
function described(job: CompilationJob): Record<string, unknown> {
  const { request, compiled, startedMs, endedMs } = job;
  return {
    CompilationJobName: job.name,
    CompilationJobArn: job.arn,
    CompilationJobStatus: job.status,
    ...(startedMs === undefined ? {} : { CompilationStartTime: new Date(startedMs) }),
    ...(endedMs === undefined ? {} : { CompilationEndTime: new Date(endedMs) }),
    StoppingCondition: request.StoppingCondition,
    ...(compiled?.image === undefined ? {} : { InferenceImage: compiled.image }),
    CreationTime: new Date(job.createdMs),
    LastModifiedTime: new Date(job.modifiedMs),
    FailureReason: job.failureReason,
    ModelArtifacts: { S3ModelArtifacts: compiled?.modelDataUrl ?? '' },
    ...(compiled === undefined ? {} : { ModelDigests: { ArtifactDigest: compiled.digest } }),
    RoleArn: request.RoleArn,
    InputConfig: request.InputConfig,
    OutputConfig: request.OutputConfig,
  };
}
