import type { World } from '../../../world.ts';
import type { ExecutionRole } from '../execution-role.ts';
import type { ProcessingRequest, TrainingRequest } from './requests.ts';
import { downloadFault } from './storage.ts';

/** One S3 input of a job, with the place where its container expects it. */
export interface JobInput {
  readonly name: string;
  readonly s3Uri: string;
  readonly dataType: string;
  readonly localPath: string;
}

/** The channels of a training job that lie in S3. */
export function trainingInputs(request: TrainingRequest): JobInput[] {
  return (request.InputDataConfig ?? []).flatMap(({ ChannelName, DataSource }) => {
    const source = DataSource.S3DataSource;
    if (!source) return [];
    return [
      {
        name: ChannelName,
        s3Uri: source.S3Uri,
        dataType: source.S3DataType,
        localPath: `/opt/ml/input/data/${ChannelName}`,
      },
    ];
  });
}

/** The inputs of a processing job that SageMaker itself brings into the container. */
export function processingInputs(request: ProcessingRequest): JobInput[] {
  return (request.ProcessingInputs ?? []).flatMap(({ InputName, AppManaged, S3Input }) => {
    if (AppManaged || !S3Input?.LocalPath) return [];
    return [
      {
        name: InputName,
        s3Uri: S3Input.S3Uri,
        dataType: S3Input.S3DataType,
        localPath: S3Input.LocalPath,
      },
    ];
  });
}

/** Why the first input that cannot be brought into the container cannot. */
export function firstFault(
  world: World,
  role: ExecutionRole,
  inputs: readonly JobInput[],
): string | undefined {
  for (const { s3Uri, dataType } of inputs) {
    const fault = downloadFault(world, role, s3Uri, dataType);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
