import { AwsError, notModelled, validationError } from '../../../aws-error.ts';
import { copyOf } from '../../../copy.ts';
import type { Operation } from '../../../service.ts';
import { ExecutionRole } from '../execution-role.ts';
import type { Jobs } from './jobs.ts';
import { ProcessingJob } from './processing-job.ts';
import type { ProcessingRequest } from './requests.ts';

const LOCAL_PATH_START = '/opt/ml/processing/';

/** @throws AwsError ValidationException, ResourceInUse */
export const createProcessingJob =
  (jobs: Jobs): Operation =>
  (input: ProcessingRequest) => {
    checkLocalPaths(input);
    if (input.ProcessingInputs?.some(({ S3Input }) => S3Input?.S3InputMode === 'Pipe'))
      throw notModelled('Pipe mode');
    const arn = jobs.arn('processing', input.ProcessingJobName);
    if (jobs.processing.has(input.ProcessingJobName)) {
      throw new AwsError(
        'ResourceInUse',
        `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
      );
    }

    new ExecutionRole(jobs.world, input.RoleArn).requireAssumable();

    const { Tags, ...request } = copyOf(input);
    jobs.tags.add(arn, Tags ?? []);
    jobs.startProcessing(new ProcessingJob(jobs.world, arn, request, () => jobs.tags.of(arn)));
    return { ProcessingJobArn: arn };
  };

/** The rule is documented on both LocalPath members; AWS's words for a breach are not known. */
function checkLocalPaths({ ProcessingInputs, ProcessingOutputConfig }: ProcessingRequest): void {
  const sides = [
    ...(ProcessingInputs ?? []).map((input) => ({
      name: input.InputName,
      appManaged: input.AppManaged,
      s3: input.S3Input,
    })),
    ...(ProcessingOutputConfig?.Outputs ?? []).map((output) => ({
      name: output.OutputName,
      appManaged: output.AppManaged,
      s3: output.S3Output,
    })),
  ];
  for (const { name, appManaged, s3 } of sides) {
    if (!s3) throw notModelled(`${name}, which is not in S3,`);
    if (appManaged) continue;
    if (s3.LocalPath === undefined) {
      throw validationError(`LocalPath of ${name} is required when AppManaged is false.`);
    }
    if (!s3.LocalPath.startsWith(LOCAL_PATH_START)) {
      throw validationError(`LocalPath of ${name} must begin with ${LOCAL_PATH_START}: ${s3.LocalPath}`);
    }
  }
}
