import type { ProcessPlan } from '#shared/generated/contracts.ts';
import { type Planning, tagsOf } from './plan-release.ts';

/** Instances must be found and images pulled before the container starts; AWS promises no time for it. */
export const PROVISIONING_SECONDS = 3600;

/**
 * What the processing job leaves, by output name; training and evaluation read it from there.
 * Everything below `scratch/` goes after 30 days (resources/buckets.yml).
 */
export const rowsPrefix = (
  { home, stack }: Planning,
  set: 'train' | 'validation' | 'test' | 'report',
): string => `s3://${stack.artifactBucket}/scratch/${home}/rows/${set}`;

export function processPlan(planning: Planning): ProcessPlan {
  const { pipeline, release, stack, images } = planning;
  const { process } = pipeline;
  return {
    name: `${release.id}-process`,
    timeoutSeconds: process.maxRuntimeSeconds + PROVISIONING_SECONDS,
    request: {
      RoleArn: stack.jobRoleArn,
      AppSpecification: { ImageUri: images.process, ContainerArguments: ['process'] },
      ProcessingResources: clusterOf(process.instances),
      ProcessingInputs: [
        {
          InputName: 'raw',
          S3Input: {
            S3Uri: `s3://${stack.dataBucket}/${pipeline.data.prefix}`,
            LocalPath: '/opt/ml/processing/input/raw',
            S3DataType: 'S3Prefix',
            S3InputMode: 'File',
          },
        },
      ],
      ProcessingOutputConfig: {
        Outputs: (['train', 'validation', 'test', 'report'] as const).map((set) =>
          processingOutput(set, rowsPrefix(planning, set)),
        ),
      },
      StoppingCondition: { MaxRuntimeInSeconds: process.maxRuntimeSeconds },
      Environment: { SIGNALBOX_RELEASE: release.id, ...process.environment },
      Tags: tagsOf(planning),
    },
  };
}

export const processingOutput = (name: string, uri: string) => ({
  OutputName: name,
  S3Output: { S3Uri: uri, LocalPath: `/opt/ml/processing/output/${name}`, S3UploadMode: 'EndOfJob' },
});

export const clusterOf = ({ type, count, volumeGb }: { type: string; count: number; volumeGb: number }) => ({
  ClusterConfig: { InstanceType: type, InstanceCount: count, VolumeSizeInGB: volumeGb },
});
