import { AwsError } from '../../../aws-error.ts';
import type { ContainerFiles } from '../../../runners/runner.ts';
import { tarGz } from '../../../tar.ts';
import type { World } from '../../../world.ts';
import { ExecutionRole } from '../execution-role.ts';
import type { ProcessingRequest, TrainingRequest } from './requests.ts';
import { below, putObject, type S3Location } from './storage.ts';

/** Where a training job's model goes: an archive, or with `CompressionType: NONE` a prefix. */
export function modelArtifactsUri(request: TrainingRequest): string {
  const output = `${outputUri(request)}/output`;
  return request.OutputDataConfig.CompressionType === 'NONE' ? `${output}/model/` : `${output}/model.tar.gz`;
}

/**
 * Puts `/opt/ml/model` and `/opt/ml/output/data` into S3. A directory that the
 * container left empty puts nothing, so a model URI alone proves no model.
 */
export function uploadTraining(world: World, request: TrainingRequest, files: ContainerFiles = {}): void {
  const role = new ExecutionRole(world, request.RoleArn);
  const put = (location: S3Location, body: Uint8Array | string): void => {
    try {
      putObject(world, role, location, body);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError(error.code, `Artifact upload failed:${error.message}`, error.statusCode);
    }
  };
  for (const [directory, archive] of [
    ['model', 'model'],
    ['data', 'output'],
  ] as const) {
    const left = files[directory] ?? {};
    if (Object.keys(left).length === 0) continue;
    const target = `${outputUri(request)}/output`;
    if (request.OutputDataConfig.CompressionType === 'NONE') {
      for (const path of Object.keys(left).sort()) {
        put(below(`${target}/${archive}`, path), left[path]!);
      }
    } else {
      put(below(target, `${archive}.tar.gz`), tarGz(left));
    }
  }
}

/** Puts each output directory below its S3 URI. `Continuous` outputs come at the end as well. */
export function uploadProcessing(world: World, request: ProcessingRequest, files: ContainerFiles = {}): void {
  const role = new ExecutionRole(world, request.RoleArn);
  for (const { OutputName, AppManaged, S3Output } of request.ProcessingOutputConfig?.Outputs ?? []) {
    if (AppManaged || !S3Output) continue;
    const left = files[OutputName] ?? {};
    for (const path of Object.keys(left).sort())
      putObject(world, role, below(S3Output.S3Uri, path), left[path]!);
  }
}

const outputUri = (request: TrainingRequest): string =>
  `${request.OutputDataConfig.S3OutputPath.replace(/\/+$/, '')}/${request.TrainingJobName}`;
