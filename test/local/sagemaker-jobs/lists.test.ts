import { describe, expect, test } from '@jest/globals';
import { openJobs, processingRequest, trainingRequest } from './open-jobs.ts';

const MINUTE_MS = 60_000;

/** Three training jobs a minute apart; the second is stopped. */
async function openThree() {
  const account = await openJobs();
  for (const name of ['b', 'c', 'a']) {
    await account.call('CreateTrainingJob', trainingRequest({ TrainingJobName: name }));
    await account.clock.advance(MINUTE_MS);
  }
  await account.call('StopTrainingJob', { TrainingJobName: 'c' });
  await account.ended('training', 'a');
  const names = async (input: object) => {
    const answer = await account.call('ListTrainingJobs', input);
    return answer.TrainingJobSummaries.map((job: Record<string, string>) => job.TrainingJobName);
  };
  return { ...account, names };
}

describe('training jobs are listed', () => {
  test('oldest first, or as asked', async () => {
    const { call, names } = await openThree();

    expect(await names({})).toEqual(['b', 'c', 'a']);
    expect(await names({ SortBy: 'Name', SortOrder: 'Descending' })).toEqual(['c', 'b', 'a']);
    expect(await names({ CreationTimeAfter: new Date('2026-03-02T09:00:30Z') })).toEqual(['c', 'a']);
    expect(await names({ CreationTimeBefore: '2026-03-02T09:00:30Z' })).toEqual(['b']);
    expect(await names({ NameContains: 'c' })).toEqual(['c']);
    const { TrainingJobSummaries } = await call('ListTrainingJobs', { NameContains: 'a' });
    expect(TrainingJobSummaries[0]).toMatchObject({
      TrainingJobArn: 'arn:aws:sagemaker:eu-west-1:123456789012:training-job/a',
      TrainingJobStatus: 'Completed',
      SecondaryStatus: 'Completed',
      TrainingEndTime: expect.any(Date),
    });
  });

  test('by pages that are cut before they are searched for a status', async () => {
    const { call, names } = await openThree();

    const first = await call('ListTrainingJobs', { StatusEquals: 'Stopped', MaxResults: 1 });

    expect(first.TrainingJobSummaries).toEqual([]);
    expect(await names({ StatusEquals: 'Stopped', MaxResults: 1, NextToken: first.NextToken })).toEqual([
      'c',
    ]);
  });
});

test('processing jobs are listed by status', async () => {
  const { call, ended } = await openJobs();
  await call('CreateProcessingJob', processingRequest());
  const count = async (StatusEquals: string) =>
    (await call('ListProcessingJobs', { StatusEquals })).ProcessingJobSummaries.length;

  expect([await count('InProgress'), await count('Completed')]).toEqual([1, 0]);
  await ended('processing', 'r42-prep');
  expect([await count('InProgress'), await count('Completed')]).toEqual([0, 1]);
});

describe('what is not modelled is refused by name', () => {
  test.each([
    [
      { ResourceConfig: { ...trainingRequest().ResourceConfig, KeepAlivePeriodInSeconds: 600 } },
      'A warm pool',
    ],
    [{ AlgorithmSpecification: { AlgorithmName: 'x', TrainingInputMode: 'File' } }, 'AlgorithmName'],
    [
      {
        InputDataConfig: [
          {
            ChannelName: 'train',
            InputMode: 'Pipe',
            DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://artifacts/x' } },
          },
        ],
      },
      'Pipe mode',
    ],
  ])('%j', async (changes, what) => {
    const { call } = await openJobs();

    await expect(call('CreateTrainingJob', trainingRequest(changes))).rejects.toMatchObject({
      code: 'NotModelled',
      message: expect.stringContaining(what),
    });
  });
});

describe('a training job is refused', () => {
  test.each([
    ['for more than 28 days', { StoppingCondition: { MaxRuntimeInSeconds: 2_419_201 } }, '28 days'],
    [
      'with checkpoints where its input lies',
      { CheckpointConfig: { S3Uri: 's3://artifacts/ckpt', LocalPath: '/opt/ml/input/data/ckpt' } },
      'is reserved for SageMaker',
    ],
    [
      'under a name with an underscore',
      { TrainingJobName: 'r42_train' },
      "at 'trainingJobName' failed to satisfy",
    ],
    ['under a name of 64 characters', { TrainingJobName: 'a'.repeat(64) }, 'length less than or equal to 63'],
    [
      'on an instance type that does not exist',
      { ResourceConfig: { InstanceType: 'ml.m99.huge', InstanceCount: 1, VolumeSizeInGB: 1 } },
      "at 'resourceConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set",
    ],
  ])('%s: ValidationException', async (_what, changes, message) => {
    const { call } = await openJobs();

    await expect(call('CreateTrainingJob', trainingRequest(changes))).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

describe('SageMaker’s own failures', () => {
  const reason = 'CapacityError: Unable to provision requested ML compute capacity.';

  test('end a training job in a scenario’s words', async () => {
    const { call, ended } = await openJobs({
      scenario: { job: () => ({ seconds: 0, failureReason: reason }) },
    });
    await call('CreateTrainingJob', trainingRequest());

    const description = await ended('training', 'r42-train-1');
    expect(description).toMatchObject({ TrainingJobStatus: 'Failed', FailureReason: reason });
    // It never had an instance: nothing is billed.
    const walk = description.SecondaryStatusTransitions.map(({ Status }: { Status: string }) => Status);
    expect(walk).toEqual(['Starting', 'Pending', 'Failed']);
    expect(description).not.toHaveProperty('BillableTimeInSeconds');
    expect(description).not.toHaveProperty('TrainingStartTime');
  });

  test('end a processing job in a scenario’s words', async () => {
    const { call, ended } = await openJobs({
      scenario: { job: () => ({ seconds: 0, failureReason: reason }) },
    });
    await call('CreateProcessingJob', processingRequest());

    const description = await ended('processing', 'r42-prep');
    expect(description).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: reason });
    expect(description).not.toHaveProperty('ProcessingStartTime');
  });

  test('of its own servers come when the job had its instances', async () => {
    const { call, ended } = await openJobs({
      scenario: { job: () => ({ seconds: 60, failureReason: 'InternalServerError: We are sorry.' }) },
    });
    await call('CreateTrainingJob', trainingRequest());

    expect(await ended('training', 'r42-train-1')).toMatchObject({
      FailureReason: 'InternalServerError: We are sorry.',
      BillableTimeInSeconds: 90,
    });
  });
});
