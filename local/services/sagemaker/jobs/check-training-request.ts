import { validationError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';
import { trainingInputs } from './inputs.ts';
import { LONGEST_RUNTIME_BY_DEFAULT_SECONDS } from './provisioning.ts';
import type { TrainingRequest } from './requests.ts';
import { inputFiles } from './storage.ts';

/**
 * The API model asks for none of these since serverless jobs exist, but a job
 * on instances is refused without them.
 */
export function checkClassicMembers(request: TrainingRequest): void {
  const missing = (['AlgorithmSpecification', 'ResourceConfig', 'StoppingCondition'] as const).filter(
    (member) => request[member] === undefined,
  );
  if (missing.length > 0) {
    const found = missing.map((member) => {
      const name = `${member[0]!.toLowerCase()}${member.slice(1)}`;
      return `Value null at '${name}' failed to satisfy constraint: Member must not be null`;
    });
    const count = missing.length === 1 ? '1 validation error' : `${missing.length} validation errors`;
    throw validationError(`${count} detected: ${found.join('; ')}`);
  }
  const { TrainingImage, AlgorithmName } = request.AlgorithmSpecification;
  if ((TrainingImage === undefined) === (AlgorithmName === undefined)) {
    throw validationError('You must provide one of either TrainingImage or AlgorithmName.');
  }
  if (AlgorithmName !== undefined) {
    throw validationError('AlgorithmName is not modelled in this local world (docs/fidelity.md).');
  }
  for (const { ChannelName, DataSource } of request.InputDataConfig ?? []) {
    const type = DataSource.S3DataSource?.S3DataType;
    if (type === 'S3Prefix' || type === 'ManifestFile') continue;
    throw validationError(
      `The data source of channel ${ChannelName} is not modelled in this local world: S3Prefix and ManifestFile are (docs/fidelity.md).`,
    );
  }
}

/** Words seen in public reports of both refusals. */
export function checkSpot({ EnableManagedSpotTraining, StoppingCondition }: TrainingRequest): void {
  const { MaxRuntimeInSeconds = LONGEST_RUNTIME_BY_DEFAULT_SECONDS, MaxWaitTimeInSeconds } =
    StoppingCondition;
  if (!EnableManagedSpotTraining) {
    if (MaxWaitTimeInSeconds === undefined) return;
    throw validationError(
      'Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true',
    );
  }
  if (MaxWaitTimeInSeconds === undefined || MaxWaitTimeInSeconds < MaxRuntimeInSeconds) {
    throw validationError(
      'Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds',
    );
  }
}

/** AWS looks into S3 before it accepts a training job. */
export function checkTrainingInputs(world: World, request: TrainingRequest): void {
  for (const { s3Uri, dataType } of trainingInputs(request)) {
    if (inputFiles(world, s3Uri, dataType).length > 0) continue;
    const bucket = s3Uri.replace(/^\w+:\/\//, '').split('/')[0];
    throw validationError(
      `No S3 objects found under S3 URL "${s3Uri}" given in input data source. Please ensure that the bucket exists in the selected region (${world.region}), that objects exist under that S3 prefix, and that the role "${request.RoleArn}" has "s3:ListBucket" permissions on bucket "${bucket}".`,
    );
  }
}
