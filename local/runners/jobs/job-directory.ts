import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CompilationRequest } from '../../services/sagemaker/compilation/requests.ts';
import { type JobInput, processingInputs, trainingInputs } from '../../services/sagemaker/jobs/inputs.ts';
import type { ProcessingRequest, TrainingRequest } from '../../services/sagemaker/jobs/requests.ts';
import { inputFiles } from '../../services/sagemaker/jobs/storage.ts';
import type { World } from '../../world.ts';
import type { ContainerFiles, ContainerJob } from '../runner.ts';
import { listFiles, placeIn } from './list-files.ts';

// What SageMaker puts below /opt/ml, below a directory of this machine instead.

/** One container plays all of a job's hosts. */
const HOST = 'algo-1';

/** `/opt/ml/model` → `<base directory>/model` */
export function inDirectory(baseDirectory: string, containerPath: string): string {
  return join(baseDirectory, containerPath.replace(/^\/opt\/ml(?=\/|$)/, ''));
}

export function checkpointDirectory(
  { LocalPath = '/opt/ml/checkpoints' }: { readonly LocalPath?: string },
  baseDirectory: string,
): string {
  return inDirectory(baseDirectory, LocalPath);
}

/** Writes the configuration and brings the inputs; makes the directories that the container writes to. */
export function layOut(world: World, job: ContainerJob, baseDirectory: string): void {
  const put = (path: string, content: unknown): void =>
    writeWhole(join(baseDirectory, path), `${JSON.stringify(content, null, 2)}\n`);
  const make = (path: string): void => {
    mkdirSync(inDirectory(baseDirectory, path), { recursive: true });
  };
  make('/opt/ml/output/data');

  if (job.kind === 'processing') {
    const request = job.request as unknown as ProcessingRequest;
    const { InstanceType } = request.ProcessingResources.ClusterConfig;
    put('config/processingjobconfig.json', {
      ProcessingJobArn: `arn:aws:sagemaker:${world.region}:${world.accountId}:processing-job/${job.name}`,
      ...job.request,
    });
    put('config/resourceconfig.json', resources(InstanceType));
    for (const { S3Output } of outputs(request)) make(S3Output.LocalPath);
    bring(world, processingInputs(request), baseDirectory);
    return;
  }
  if (job.kind === 'compilation') {
    const { InputConfig } = job.request as unknown as CompilationRequest;
    put('input/config/compilation.json', job.request);
    make('/opt/ml/model');
    // Whatever it is called in S3: the compiler need not know.
    for (const { body } of inputFiles(world, InputConfig!.S3Uri, 'S3Prefix').slice(0, 1))
      writeWhole(inDirectory(baseDirectory, '/opt/ml/input/data/model/model.tar.gz'), body);
    return;
  }
  const request = job.request as unknown as TrainingRequest;
  put('input/config/hyperparameters.json', stringValues(request.HyperParameters ?? {}));
  put('input/config/inputdataconfig.json', channels(request));
  put('input/config/resourceconfig.json', resources(request.ResourceConfig.InstanceType ?? ''));
  make('/opt/ml/model');
  bring(world, trainingInputs(request), baseDirectory);
}

/** What the container left in the directories that SageMaker uploads. */
export function collectFiles(job: ContainerJob, baseDirectory: string): ContainerFiles {
  const directories: [name: string, containerPath: string][] =
    job.kind === 'processing'
      ? outputs(job.request as unknown as ProcessingRequest).map(({ OutputName, S3Output }) => [
          OutputName,
          S3Output.LocalPath,
        ])
      : [
          ['model', '/opt/ml/model'],
          ...(job.kind === 'training' ? [['data', '/opt/ml/output/data'] as [string, string]] : []),
        ];
  return Object.fromEntries(
    directories.map(([name, containerPath]) => {
      const directory = inDirectory(baseDirectory, containerPath);
      const files = listFiles(directory).map(({ path }) => [path, readFileSync(join(directory, path))]);
      return [name, Object.fromEntries(files) as Record<string, Uint8Array>];
    }),
  );
}

/** The text with which the container explained its end; empty if it left none. */
export function readMessage(job: ContainerJob, baseDirectory: string): string {
  const name = job.kind === 'processing' ? 'message' : 'failure';
  try {
    return readFileSync(join(baseDirectory, 'output', name), 'utf8')
      .slice(0, 1024)
      .trim();
  } catch {
    return '';
  }
}

const resources = (instanceType: string): Record<string, unknown> => ({
  current_host: HOST,
  current_instance_type: instanceType,
  current_group_name: 'homogeneousCluster',
  hosts: [HOST],
  instance_groups: [
    { instance_group_name: 'homogeneousCluster', instance_type: instanceType, hosts: [HOST] },
  ],
  network_interface_name: 'eth0',
});

const stringValues = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));

function channels(request: TrainingRequest): Record<string, unknown> {
  return Object.fromEntries(
    (request.InputDataConfig ?? []).map(
      ({ ChannelName, InputMode, ContentType, RecordWrapperType, DataSource }) => [
        ChannelName,
        {
          TrainingInputMode: InputMode ?? request.AlgorithmSpecification.TrainingInputMode,
          ...(ContentType === undefined ? {} : { ContentType }),
          S3DistributionType: DataSource.S3DataSource?.S3DataDistributionType ?? 'FullyReplicated',
          RecordWrapperType: RecordWrapperType ?? 'None',
        },
      ],
    ),
  );
}

function outputs(request: ProcessingRequest): { OutputName: string; S3Output: { LocalPath: string } }[] {
  return (request.ProcessingOutputConfig?.Outputs ?? []).flatMap(({ OutputName, S3Output }) =>
    S3Output?.LocalPath ? [{ OutputName, S3Output: { LocalPath: S3Output.LocalPath } }] : [],
  );
}

function bring(world: World, inputs: readonly JobInput[], baseDirectory: string): void {
  for (const { s3Uri, dataType, localPath } of inputs) {
    const directory = inDirectory(baseDirectory, localPath);
    mkdirSync(directory, { recursive: true });
    for (const { path, body } of inputFiles(world, s3Uri, dataType))
      writeWhole(placeIn(directory, path), body);
  }
}

function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
