import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../local/clock/clock.ts';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { Journal } from '../../../local/journal.ts';
import { Random } from '../../../local/random.ts';
import { createProcessJobs } from '../../../local/runners/jobs/process.ts';
import { createSimulatedJobs } from '../../../local/runners/jobs/simulated.ts';
import type { Scenario } from '../../../local/scenario.ts';
import { Jobs } from '../../../local/services/sagemaker/jobs/jobs.ts';
import { Registry } from '../../../local/services/sagemaker/registry/registry.ts';
import { Tags } from '../../../local/services/sagemaker/tags/tags.ts';
import type { World } from '../../../local/world.ts';

export const START = Date.parse('2026-03-02T09:00:00Z');
export const ROLE = 'arn:aws:iam::123456789012:role/jobs';
export const IMAGE = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/workload@sha256:${'a'.repeat(64)}`;

export interface Emitted {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: events are read freely in tests.
  readonly detail: any;
}

export interface Options {
  readonly scenario?: Scenario;
  readonly runner?: 'simulated' | 'process';
  readonly clock?: Clock;
  /** Where the image's files are. */
  readonly imageDirectory?: string;
  readonly entrypoint?: string[];
}

/** Jobs and registry with a bare S3, EventBridge and ECR around them. */
export function openJobs(options: Options = {}) {
  const clock = options.clock ?? new VirtualClock(START);
  const objects = new Map<string, Uint8Array>();
  const deleted: string[] = [];
  const events: Emitted[] = [];
  const world = {
    accountId: '123456789012',
    region: 'eu-west-1',
    seed: 7,
    clock,
    random: new Random(7),
    journal: new Journal(clock),
    directory: options.runner === 'process' ? mkdtempSync(join(tmpdir(), 'jobs-')) : '/nowhere',
    scenario: options.scenario ?? {},
    events: { emit: (event: Emitted) => events.push(event) },
    s3: {
      put: (bucket: string, key: string, body: Uint8Array | string) =>
        objects.set(`${bucket}/${key}`, typeof body === 'string' ? new TextEncoder().encode(body) : body),
      delete: (bucket: string, key: string) => {
        deleted.push(`${bucket}/${key}`);
        objects.delete(`${bucket}/${key}`);
      },
      list: (bucket: string, prefix: string) =>
        [...objects.keys()]
          .filter((name) => name.startsWith(`${bucket}/${prefix}`))
          .sort()
          .map((name) => ({ key: name.slice(bucket.length + 1), body: objects.get(name)! })),
    },
    ecr: {
      resolve: (imageUri: string) =>
        imageUri === IMAGE
          ? {
              directory: options.imageDirectory ?? '/nowhere',
              entrypoint: options.entrypoint ?? ['node', '/opt/program/main.mjs'],
              workdir: '/opt/program',
            }
          : undefined,
    },
  } as unknown as World & { jobs: unknown };
  const runner = options.runner === 'process' ? createProcessJobs(world) : createSimulatedJobs(world);
  (world as { jobs: unknown }).jobs = runner;

  const tags = new Tags();
  const jobs = new Jobs(world, tags);
  const registry = new Registry(world, tags);
  const operations = { ...jobs.operations, ...registry.operations, ...tags.operations };
  return {
    world,
    clock,
    jobs,
    registry,
    events,
    deleted,
    objects,
    text: (name: string) => new TextDecoder().decode(objects.get(name)),
    /** Calls an operation as AWS's API would. */
    // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests.
    call: async (operation: string, input: unknown): Promise<any> =>
      operations[operation]!(input, { arn: ROLE, via: 'person' }),
    /** Lets time pass until the job has ended; its Describe answer. */
    // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests.
    ended: async (kind: 'training' | 'processing', name: string): Promise<any> => {
      let answer: Record<string, unknown> | undefined;
      void jobs.untilEnded(kind, name).then((description) => {
        answer = description;
      });
      await clock.runUntil(() => answer !== undefined);
      return answer;
    },
    close: async () => {
      await runner.close();
      clock.close();
      if (options.runner === 'process') rmSync(world.directory, { recursive: true, force: true });
    },
  };
}

export const trainingRequest = (changes: Record<string, unknown> = {}) => ({
  TrainingJobName: 'r42-train-1',
  RoleArn: ROLE,
  AlgorithmSpecification: { TrainingImage: IMAGE, TrainingInputMode: 'File' },
  OutputDataConfig: { S3OutputPath: 's3://artifacts/r42/model' },
  ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  ...changes,
});

export const spotRequest = (changes: Record<string, unknown> = {}) =>
  trainingRequest({
    EnableManagedSpotTraining: true,
    StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
    CheckpointConfig: { S3Uri: 's3://artifacts/r42/ckpt' },
    ...changes,
  });

export const processingRequest = (changes: Record<string, unknown> = {}) => ({
  ProcessingJobName: 'r42-prep',
  RoleArn: ROLE,
  AppSpecification: { ImageUri: IMAGE },
  ProcessingResources: {
    ClusterConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
  },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  ...changes,
});

export const rawInput = (uri = 's3://drop/incoming/r42/') => ({
  InputName: 'raw',
  S3Input: {
    S3Uri: uri,
    LocalPath: '/opt/ml/processing/input/raw',
    S3DataType: 'S3Prefix',
    S3InputMode: 'File',
    S3DataDistributionType: 'FullyReplicated',
  },
});

export const trainOutput = {
  OutputName: 'train',
  S3Output: {
    S3Uri: 's3://artifacts/r42/train',
    LocalPath: '/opt/ml/processing/output/train',
    S3UploadMode: 'EndOfJob',
  },
};

export const channel = (uri = 's3://artifacts/r42/train/') => ({
  ChannelName: 'train',
  DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: uri } },
});
