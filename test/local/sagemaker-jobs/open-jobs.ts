import { type AccountOptions, openAccount } from '../support/open-account.ts';

export { START_MS as START } from '../support/open-account.ts';
export const ROLE = 'arn:aws:iam::123456789012:role/jobs';
export const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/workload:stable';

export interface Options extends AccountOptions {
  /** Where the image's files are, for the process runner. */
  readonly imageDirectory?: string;
}

/** An account with two buckets and an image. */
export async function openJobs({ imageDirectory, ...options }: Options = {}) {
  const account = await openAccount(options);
  const { world, call } = account;
  const buckets = ['artifacts', 'drop'];
  for (const bucket of buckets) world.s3.createBucket(bucket);
  world.ecr.createRepository('workload');
  const files = imageDirectory === undefined ? { content: 'workload' } : { directory: imageDirectory };
  world.ecr.push({ repository: 'workload', tag: 'stable', ...files });
  account.events.length = 0;

  const body = (name: string): Uint8Array | undefined => {
    const [bucket = '', ...key] = name.split('/');
    return world.s3.get(bucket, key.join('/'))?.body;
  };
  return {
    ...account,
    clock: world.clock,
    jobs: world.sagemaker.jobs,
    /** Objects by `<bucket>/<key>`. */
    objects: {
      has: (name: string): boolean => body(name) !== undefined,
      get: (name: string): Uint8Array => body(name)!,
      names: (): string[] =>
        buckets.flatMap((bucket) => world.s3.list(bucket).map(({ key }) => `${bucket}/${key}`)),
    },
    text: (name: string): string => new TextDecoder().decode(body(name)),
    /** Lets time pass until the job has ended; its Describe answer. */
    // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests.
    ended: async (kind: 'training' | 'processing', name: string): Promise<any> => {
      await world.clock.runUntil(() => world.sagemaker.jobs[kind].get(name)!.hasEnded);
      const job = kind === 'training' ? 'TrainingJob' : 'ProcessingJob';
      return call(`Describe${job}`, { [`${job}Name`]: name });
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
