import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateProcessingJobCommand,
  type CreateProcessingJobRequest,
  CreateTrainingJobCommand,
  type CreateTrainingJobRequest,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  SageMakerClient,
  StopProcessingJobCommand,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { Aws } from '../../aws.ts';
import type { Allowance } from '../../case.ts';
import { makeBucket } from '../s3/buckets.ts';

/** What the job role must be allowed for jobs, models and endpoints of the cases. */
export const jobAllowances: readonly Allowance[] = [
  {
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
    Resource: 'arn:aws:s3:::signalbox-conform-*/*',
  },
  { Action: ['s3:ListBucket', 's3:GetBucketLocation'], Resource: 'arn:aws:s3:::signalbox-conform-*' },
  {
    Action: [
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchGetImage',
    ],
    Resource: '*',
  },
  {
    Action: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'logs:DescribeLogStreams',
      'cloudwatch:PutMetricData',
      'cloudwatch:DescribeAlarms',
    ],
    Resource: '*',
  },
];

export const withJobs = { roles: { job: jobAllowances }, image: true } as const;

/** Both are the smallest that the account surely has a quota for. */
export const jobInstance = 'ml.m5.large';

const rows = Array.from({ length: 60 }, (_, n) => `${n % 2},${n},${(n * 7) % 11}`).join('\n');

/** A bucket with a few rows to train on. */
export const makeTrainingBucket = async (aws: Aws): Promise<string> => {
  const Bucket = await makeBucket(aws);
  await aws
    .client(S3Client)
    .send(new PutObjectCommand({ Bucket, Key: 'train/rows.csv', Body: rows, ContentType: 'text/csv' }));
  return Bucket;
};

export const trainingRequest = (
  aws: Aws,
  Bucket: string,
  { rounds = 1, ...more }: { rounds?: number } & Partial<CreateTrainingJobRequest> = {},
): CreateTrainingJobRequest => ({
  TrainingJobName: aws.name('train'),
  RoleArn: aws.role('job'),
  AlgorithmSpecification: { TrainingImage: aws.image(), TrainingInputMode: 'File' },
  HyperParameters: { objective: 'binary:logistic', num_round: String(rounds) },
  InputDataConfig: [
    {
      ChannelName: 'train',
      ContentType: 'text/csv',
      DataSource: {
        S3DataSource: {
          S3DataType: 'S3Prefix',
          S3Uri: `s3://${Bucket}/train/`,
          S3DataDistributionType: 'FullyReplicated',
        },
      },
    },
  ],
  OutputDataConfig: { S3OutputPath: `s3://${Bucket}/model` },
  ResourceConfig: { InstanceType: jobInstance, InstanceCount: 1, VolumeSizeInGB: 5 },
  StoppingCondition: { MaxRuntimeInSeconds: 900 },
  Tags: aws.tags,
  ...more,
});

/** Starts a training job, which is stopped at the end if it still runs. */
export const train = async (aws: Aws, request: CreateTrainingJobRequest): Promise<void> => {
  const sagemaker = aws.client(SageMakerClient);
  const { TrainingJobName } = request;
  // Before it is made: if the answer is lost, nobody would stop it.
  aws.later(`training job ${TrainingJobName}`, async () => {
    const job = await unlessUnknown(sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName })));
    if (job === undefined) return;
    if (job.TrainingJobStatus === 'InProgress')
      await sagemaker.send(new StopTrainingJobCommand({ TrainingJobName }));
    await trained(aws, TrainingJobName!);
  });
  await sagemaker.send(new CreateTrainingJobCommand(request));
};

/** What a job is like, or undefined if there is none of its name, which may be no name at all. */
const unlessUnknown = async <Job>(described: Promise<Job>): Promise<Job | undefined> => {
  try {
    return await described;
  } catch (error) {
    if (/not found|could not find|failed to satisfy constraint/i.test((error as Error).message))
      return undefined;
    throw error;
  }
};

export const trained = (aws: Aws, TrainingJobName: string, minutes = 20) =>
  aws.until(
    'the training job ends',
    async () => {
      const job = await aws.client(SageMakerClient).send(new DescribeTrainingJobCommand({ TrainingJobName }));
      return ['InProgress', 'Stopping'].includes(job.TrainingJobStatus!) ? undefined : job;
    },
    { minutes, everySeconds: 10 },
  );

/** A job that sleeps for so many seconds after having said something. */
export const processingRequest = (
  aws: Aws,
  seconds: number,
  more: Partial<CreateProcessingJobRequest> = {},
): CreateProcessingJobRequest => ({
  ProcessingJobName: aws.name('process'),
  RoleArn: aws.role('job'),
  AppSpecification: {
    ImageUri: aws.image(),
    ContainerEntrypoint: ['python3', '-c', `import time; time.sleep(${seconds})`],
  },
  ProcessingResources: {
    ClusterConfig: { InstanceCount: 1, InstanceType: jobInstance, VolumeSizeInGB: 5 },
  },
  Tags: aws.tags,
  ...more,
});

/** Starts a processing job, which is stopped at the end if it still runs. */
export const process = async (aws: Aws, request: CreateProcessingJobRequest): Promise<void> => {
  stopProcessingLater(aws, request.ProcessingJobName!);
  await aws.client(SageMakerClient).send(new CreateProcessingJobCommand(request));
};

export const stopProcessingLater = (aws: Aws, ProcessingJobName: string): void => {
  const sagemaker = aws.client(SageMakerClient);
  aws.later(`processing job ${ProcessingJobName}`, async () => {
    const job = await unlessUnknown(sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName })));
    if (job === undefined) return;
    if (job.ProcessingJobStatus === 'InProgress')
      await sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName }));
    await processed(aws, ProcessingJobName);
  });
};

export const processed = (aws: Aws, ProcessingJobName: string, minutes = 20) =>
  aws.until(
    'the processing job ends',
    async () => {
      const job = await aws
        .client(SageMakerClient)
        .send(new DescribeProcessingJobCommand({ ProcessingJobName }));
      return ['InProgress', 'Stopping'].includes(job.ProcessingJobStatus!) ? undefined : job;
    },
    { minutes, everySeconds: 10 },
  );
