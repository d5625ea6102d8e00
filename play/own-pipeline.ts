import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { matches } from '../functions/route-events/wishes/upload.ts';
import type { Pipeline } from '../functions/shared/generated/contracts.ts';
import { homeOf, type ImageName, imageReferences, parseImage } from '../functions/shared/image.ts';
import type { World } from '../local/world.ts';
import { OptionsError } from './options.ts';

/**
 * The images that a pipeline's steps name, each once.
 *
 * @param arn any ARN of the account, whose registry an image without a host stands in
 * @throws OptionsError for a digest, which a folder cannot be pushed under
 */
export function imagesOf(pipeline: Pipeline, arn: string): ImageName[] {
  return imageReferences(pipeline).map((reference) => {
    const name = parseImage(reference, homeOf(arn));
    if (name.tag === undefined) {
      throw new OptionsError(
        `The pipeline names ${reference} by its digest; a folder can only be pushed under a tag.`,
      );
    }
    return name;
  });
}

/** Pushes one folder as every image that the pipeline names. */
export function pushImages(world: World, pipeline: Pipeline, directory: string): void {
  for (const { repository, tag } of imagesOf(pipeline, world.outputs.ReleaseMachineArn!)) {
    world.ecr.createRepository(repository);
    world.ecr.push({ repository, tag: tag!, directory });
  }
}

/** Alarms of the owner's that the pipeline names: in AWS they are there, here they are made, and never ring by themselves. */
export async function makeNamedAlarms(world: World, { deploy }: Pipeline): Promise<void> {
  for (const AlarmName of deploy.alarms?.named ?? []) {
    const input = {
      AlarmName,
      Namespace: 'Rehearsal',
      MetricName: AlarmName,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    };
    await world.door.call({
      service: 'cloudwatch',
      operation: 'PutMetricAlarm',
      input,
      caller: world.person,
    });
  }
}

/** Where an upload of this file starts a release, or only feeds one that is started by hand. */
export function placeOf(
  { data, triggers }: Pipeline,
  file: string,
): { readonly key: string; readonly starts: boolean } {
  const watched = triggers?.data;
  const key = `${watched?.prefix ?? data.prefix}${basename(file)}`;
  const starts =
    watched !== undefined &&
    key.endsWith(watched.suffix ?? '') &&
    (watched.pattern === undefined || matches(watched.pattern, basename(file)));
  return { key, starts };
}

/** Uploads a file, and starts a release by hand where nothing watches it. */
export async function upload(world: World, pipeline: Pipeline, file: string): Promise<void> {
  const { key, starts } = placeOf(pipeline, file);
  world.s3.put(world.outputs.DataBucketName!, key, readFileSync(file));
  if (starts) return;
  const input = JSON.stringify({ pipeline: pipeline.name });
  await world.door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: { stateMachineArn: world.outputs.ReleaseMachineArn, input },
    caller: world.person,
  });
}
