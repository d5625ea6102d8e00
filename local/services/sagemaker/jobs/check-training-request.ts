import { notModelled, validationError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';
import { ExecutionRole } from '../execution-role.ts';
import { trainingInputs } from './inputs.ts';
import { LONGEST_RUNTIME_BY_DEFAULT_SECONDS } from './provisioning.ts';
import type { TrainingRequest } from './requests.ts';
import { inputFiles, parseS3Uri } from './storage.ts';

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
  refuseUnmodelled(request);
}

function refuseUnmodelled({
  AlgorithmSpecification,
  ResourceConfig,
  InputDataConfig = [],
}: TrainingRequest): void {
  if (AlgorithmSpecification.AlgorithmName !== undefined) throw notModelled('AlgorithmName');
  if (ResourceConfig.InstanceGroups !== undefined) throw notModelled('InstanceGroups');
  if (ResourceConfig.KeepAlivePeriodInSeconds !== undefined) throw notModelled('A warm pool');
  for (const { ChannelName, DataSource, InputMode } of InputDataConfig) {
    if ((InputMode ?? AlgorithmSpecification.TrainingInputMode) === 'Pipe') throw notModelled('Pipe mode');
    const type = DataSource.S3DataSource?.S3DataType;
    if (type !== 'S3Prefix' && type !== 'ManifestFile')
      throw notModelled(`The data source of channel ${ChannelName}`);
  }
}

/** No job runs for more than 28 days. Source: SageMaker developer guide, "Quotas"; the message's words are ours. */
const LONGEST_RUNTIME_SECONDS = 28 * 86_400;

/** What lies there belongs to SageMaker. Source: "Use checkpoints"; the message's words are ours. */
const NOT_FOR_CHECKPOINTS = ['/opt/ml/input', '/opt/ml/model', '/opt/ml/output', '/opt/ml/code'];

export function checkLimits({ StoppingCondition, CheckpointConfig }: TrainingRequest): void {
  const { MaxRuntimeInSeconds = 0 } = StoppingCondition;
  if (MaxRuntimeInSeconds > LONGEST_RUNTIME_SECONDS) {
    throw validationError(`MaxRuntimeInSeconds must be at most ${LONGEST_RUNTIME_SECONDS} (28 days).`);
  }
  const path = CheckpointConfig?.LocalPath ?? '';
  if (NOT_FOR_CHECKPOINTS.some((taken) => path === taken || path.startsWith(`${taken}/`))) {
    throw validationError(`The checkpoint path ${path} is reserved for SageMaker.`);
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

/** AWS takes on the job's role and looks into S3 before it accepts a training job. */
export function checkTrainingInputs(world: World, request: TrainingRequest): void {
  const role = new ExecutionRole(world, request.RoleArn);
  role.requireAssumable();
  for (const { s3Uri, dataType } of trainingInputs(request)) {
    const { bucket, key } = parseS3Uri(s3Uri);
    if (role.mayList(bucket, key) && inputFiles(world, s3Uri, dataType).length > 0) continue;
    throw validationError(
      `No S3 objects found under S3 URL "${s3Uri}" given in input data source. Please ensure that the bucket exists in the selected region (${world.region}), that objects exist under that S3 prefix, and that the role "${request.RoleArn}" has "s3:ListBucket" permissions on bucket "${bucket}".`,
    );
  }
}
