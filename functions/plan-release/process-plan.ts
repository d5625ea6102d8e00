import type { ProcessPlan, SurveyLocation } from '#shared/generated/contracts.ts';
import { environmentOf, type Making, tagsOf } from './plan-release.ts';

/** Instances must be found and images pulled before the container starts; AWS promises no time for it. */
export const PROVISIONING_SECONDS = 3600;

export function processPlan(making: Making): ProcessPlan {
  const { pipeline, release, stack, images, home } = making;
  const { process } = pipeline;
  // Everything below `scratch/` goes after 30 days (resources/buckets.yml).
  const rows = `s3://${stack.artifactBucket}/scratch/${home}/rows`;
  return {
    name: `${release.id}-process`,
    timeoutSeconds: process.maxRuntimeSeconds + PROVISIONING_SECONDS,
    rows,
    input: inputLocation(making),
    request: {
      RoleArn: stack.jobRoleArn,
      AppSpecification: { ImageUri: images.process, ContainerArguments: ['process'] },
      ProcessingResources: clusterOf(process.instances),
      ProcessingInputs: [rawInput(making), processingInput('manifest', making.data.uri)],
      ProcessingOutputConfig: {
        Outputs: ['train', 'validation', 'test', 'report'].map((set) =>
          processingOutput(set, `${rows}/${set}`),
        ),
      },
      StoppingCondition: { MaxRuntimeInSeconds: process.maxRuntimeSeconds },
      Environment: { ...environmentOf(making), ...process.environment },
      Tags: tagsOf(making),
    },
  };
}

const processingInput = (name: string, uri: string, dataType = 'S3Prefix') => ({
  InputName: name,
  S3Input: {
    S3Uri: uri,
    LocalPath: `/opt/ml/processing/input/${name}`,
    S3DataType: dataType,
    S3InputMode: 'File',
  },
});

export const processingOutput = (name: string, uri: string) => ({
  OutputName: name,
  S3Output: { S3Uri: uri, LocalPath: `/opt/ml/processing/output/${name}`, S3UploadMode: 'EndOfJob' },
});

export const clusterOf = ({ type, count, volumeGb }: { type: string; count: number; volumeGb: number }) => ({
  ClusterConfig: { InstanceType: type, InstanceCount: count, VolumeSizeInGB: volumeGb },
});

/** SageMaker takes no version ids: what the job reads is surveyed before it starts and after it has ended. */
const rawInput = (making: Making) =>
  making.pipeline.data.scope === 'manifest'
    ? processingInput('raw', making.data.sagemakerUri, 'ManifestFile')
    : processingInput('raw', dataPrefix(making));

function inputLocation(making: Making): SurveyLocation {
  const { data, pipeline } = making;
  return {
    name: 'data',
    uri: dataPrefix(making),
    manifest: data.uri,
    whole: pipeline.data.scope === 'prefix',
  };
}

const dataPrefix = ({ stack, pipeline }: Making): string =>
  `s3://${stack.dataBucket}/${pipeline.data.prefix}`;
