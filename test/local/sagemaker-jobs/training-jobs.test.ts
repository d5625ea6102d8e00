import { describe, expect, test } from '@jest/globals';
import { channel, openJobs, START, spotRequest, trainingRequest } from './open-jobs.ts';

const minutes = (count: number): number => count * 60_000;

describe('a training job', () => {
  test('walks through the statuses of an undisturbed job and tells its times', async () => {
    const { call, ended, clock } = await openJobs();

    await call('CreateTrainingJob', trainingRequest());
    const description = await ended('training', 'r42-train-1');

    const walk = description.SecondaryStatusTransitions.map(({ Status }: { Status: string }) => Status);
    expect(walk).toEqual(['Starting', 'Pending', 'Downloading', 'Training', 'Uploading', 'Completed']);
    expect(description.TrainingJobStatus).toBe('Completed');
    // 30 s of download, 300 s of training, 20 s of upload.
    expect(description.TrainingTimeInSeconds).toBe(350);
    expect(description.BillableTimeInSeconds).toBe(350);
    expect(description.TrainingStartTime).toEqual(new Date(START + minutes(1)));
    expect(description.TrainingEndTime).toEqual(new Date(clock.now()));
  });

  test('leaves its model as an archive under its own name', async () => {
    const world = await openJobs({
      scenario: {
        job: () => ({
          seconds: 60,
          outputs: { model: { 'model.json': '{"trees": 3}' } },
          finalMetrics: { 'validation:auc': 0.5 },
        }),
      },
    });

    await world.call('CreateTrainingJob', trainingRequest());
    const description = await world.ended('training', 'r42-train-1');

    expect(description.ModelArtifacts.S3ModelArtifacts).toBe(
      's3://artifacts/r42/model/r42-train-1/output/model.tar.gz',
    );
    expect(world.objects.names()).toEqual(['artifacts/r42/model/r42-train-1/output/model.tar.gz']);
    expect(description.FinalMetricDataList).toMatchObject([{ MetricName: 'validation:auc', Value: 0.5 }]);
  });

  test('fails with the text of its failure file', async () => {
    const { call, ended } = await openJobs({
      scenario: { job: () => ({ seconds: 60, exitCode: 1, message: 'No rows left after cleaning' }) },
    });

    await call('CreateTrainingJob', trainingRequest());
    const description = await ended('training', 'r42-train-1');

    expect(description.TrainingJobStatus).toBe('Failed');
    expect(description.SecondaryStatus).toBe('Failed');
    expect(description.FailureReason).toBe('AlgorithmError: No rows left after cleaning, exit code: 1');
  });

  test('keeps its name for good: ResourceInUse', async () => {
    const { call, ended } = await openJobs();
    await call('CreateTrainingJob', trainingRequest());
    await ended('training', 'r42-train-1');

    await expect(call('CreateTrainingJob', trainingRequest())).rejects.toMatchObject({
      code: 'ResourceInUse',
      message: expect.stringContaining('must be unique within an AWS account and region'),
    });
  });

  test('needs what jobs on instances need: ValidationException names each missing member', async () => {
    const { call } = await openJobs();
    const { ResourceConfig, StoppingCondition, ...rest } = trainingRequest();

    await expect(call('CreateTrainingJob', rest)).rejects.toMatchObject({
      code: 'ValidationException',
      message:
        "2 validation errors detected: Value null at 'resourceConfig' failed to satisfy constraint: Member must not be null; Value null at 'stoppingCondition' failed to satisfy constraint: Member must not be null",
    });
  });

  test('is refused when nothing lies under a channel: ValidationException', async () => {
    const { call } = await openJobs();

    await expect(
      call('CreateTrainingJob', trainingRequest({ InputDataConfig: [channel()] })),
    ).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('No S3 objects found under S3 URL "s3://artifacts/r42/train/"'),
    });
  });

  test('fails while downloading when its data is gone by then', async () => {
    const { call, ended, world } = await openJobs();
    world.s3.put('artifacts', 'r42/train/rows.csv', '1');
    await call('CreateTrainingJob', trainingRequest({ InputDataConfig: [channel()] }));
    world.s3.delete('artifacts', 'r42/train/rows.csv');

    const description = await ended('training', 'r42-train-1');

    expect(description.FailureReason).toBe(
      'ClientError: Data download failed:S3 key: s3://artifacts/r42/train/ matched no files on s3',
    );
  });

  test('fails when its image is not in the registry', async () => {
    const { call, ended } = await openJobs();
    const AlgorithmSpecification = {
      TrainingImage: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/other:latest',
      TrainingInputMode: 'File',
    };

    await call('CreateTrainingJob', trainingRequest({ AlgorithmSpecification }));
    const description = await ended('training', 'r42-train-1');

    expect(description.FailureReason).toMatch(/^ClientError: Cannot pull algorithm container/);
  });

  test('fails as a ClientError when its output bucket is not there', async () => {
    const { call, ended } = await openJobs({
      scenario: { job: () => ({ seconds: 60, outputs: { model: { 'model.json': '{}' } } }) },
    });

    await call(
      'CreateTrainingJob',
      trainingRequest({ OutputDataConfig: { S3OutputPath: 's3://nowhere/r42' } }),
    );

    expect((await ended('training', 'r42-train-1')).FailureReason).toBe(
      'ClientError: Artifact upload failed:The specified bucket does not exist',
    );
  });

  test('is stopped by the runtime limit, and keeps its status words for that', async () => {
    const { call, ended } = await openJobs({ scenario: { job: () => ({ seconds: 100_000 }) } });

    await call('CreateTrainingJob', trainingRequest());
    const description = await ended('training', 'r42-train-1');

    expect(description.TrainingJobStatus).toBe('Stopped');
    expect(description.SecondaryStatus).toBe('MaxRuntimeExceeded');
    expect(description.TrainingTimeInSeconds).toBe(3600 + 20);
  });

  test('can be stopped, and not twice', async () => {
    const { call, ended, clock } = await openJobs();
    await call('CreateTrainingJob', trainingRequest());
    await clock.advance(minutes(3));

    await call('StopTrainingJob', { TrainingJobName: 'r42-train-1' });
    expect((await call('DescribeTrainingJob', { TrainingJobName: 'r42-train-1' })).TrainingJobStatus).toBe(
      'Stopping',
    );
    const description = await ended('training', 'r42-train-1');

    expect(description.TrainingJobStatus).toBe('Stopped');
    expect(description.SecondaryStatus).toBe('Stopped');
    await expect(call('StopTrainingJob', { TrainingJobName: 'r42-train-1' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'The request was rejected because the training job is in status Stopped.',
    });
  });

  test('ends before it has instances when it is stopped early, with no times to bill', async () => {
    const { call, ended, clock } = await openJobs();
    await call('CreateTrainingJob', trainingRequest());
    await clock.advance(10_000);

    await call('StopTrainingJob', { TrainingJobName: 'r42-train-1' });
    const description = await ended('training', 'r42-train-1');

    expect(description).not.toHaveProperty('TrainingStartTime');
    expect(description).not.toHaveProperty('BillableTimeInSeconds');
  });

  test('that is not there gets a ValidationException, not ResourceNotFound', async () => {
    const { call } = await openJobs();

    await expect(call('DescribeTrainingJob', { TrainingJobName: 'nobody' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'Requested resource not found.',
    });
  });
});

describe('a training job on Spot', () => {
  test('is refused without a wait at least as long as its runtime: ValidationException', async () => {
    const { call } = await openJobs();
    const shorter = { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 3599 };
    const equal = { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 3600 };
    const none = { MaxRuntimeInSeconds: 3600 };

    for (const StoppingCondition of [shorter, none]) {
      await expect(call('CreateTrainingJob', spotRequest({ StoppingCondition }))).rejects.toMatchObject({
        code: 'ValidationException',
        message: expect.stringContaining('greater than or equal to MaxRuntimeInSeconds'),
      });
    }
    await call('CreateTrainingJob', spotRequest({ StoppingCondition: equal }));
  });

  test('is the only kind that may have a wait: ValidationException', async () => {
    const { call } = await openJobs();
    const StoppingCondition = { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 };

    await expect(call('CreateTrainingJob', trainingRequest({ StoppingCondition }))).rejects.toMatchObject({
      message: expect.stringContaining('only supported when EnableManagedSpotTraining is set to true'),
    });
  });

  test('starts again after an interruption and bills only the time with instances, at the Spot price', async () => {
    const attempts: number[] = [];
    const { call, ended } = await openJobs({
      scenario: {
        job: ({ attempt }) => {
          attempts.push(attempt);
          return { seconds: 1000 };
        },
        spot: ({ attempt }) => (attempt === 1 ? { kind: 'reclaimed', afterSeconds: 400 } : { kind: 'kept' }),
      },
    });

    await call('CreateTrainingJob', spotRequest());
    const description = await ended('training', 'r42-train-1');

    const walk = description.SecondaryStatusTransitions.map(({ Status }: { Status: string }) => Status);
    expect(walk).toEqual([
      ...['Starting', 'Pending', 'Downloading', 'Training', 'Interrupted'],
      ...['Starting', 'Downloading', 'Training', 'Uploading', 'Completed'],
    ]);
    expect(attempts).toEqual([1, 2]);
    // Two downloads of 30 s, 400 s lost, 1000 s of training, 20 s of upload; waits are not counted.
    expect(description.TrainingTimeInSeconds).toBe(30 + 400 + 30 + 1000 + 20);
    expect(description.BillableTimeInSeconds).toBe(444);
  });

  test('loses its instance half-way where a simulated container is told to write checkpoints first', async () => {
    const { call, ended } = await openJobs({
      scenario: {
        job: () => ({ seconds: 1000 }),
        spot: ({ attempt }) =>
          attempt === 1 ? { kind: 'reclaimed', afterCheckpoints: 4 } : { kind: 'kept' },
      },
    });

    await call('CreateTrainingJob', spotRequest());

    expect((await ended('training', 'r42-train-1')).TrainingTimeInSeconds).toBe(30 + 500 + 30 + 1000 + 20);
  });

  test('is Stopped, not Failed, when no capacity is found in time', async () => {
    const { call, ended, clock } = await openJobs({ scenario: { spot: () => ({ kind: 'no-capacity' }) } });

    await call('CreateTrainingJob', spotRequest());
    const description = await ended('training', 'r42-train-1');

    expect(description.TrainingJobStatus).toBe('Stopped');
    expect(description.SecondaryStatus).toBe('MaxWaitTimeExceeded');
    expect(description).not.toHaveProperty('FailureReason');
    expect(description).not.toHaveProperty('TrainingTimeInSeconds');
    expect(clock.now()).toBe(START + 7_205_000);
  });

  test('adds up the runtime of all its starts against the limit', async () => {
    const { call, ended } = await openJobs({
      scenario: {
        job: () => ({ seconds: 3000 }),
        spot: ({ attempt }) => (attempt === 1 ? { kind: 'reclaimed', afterSeconds: 2000 } : { kind: 'kept' }),
      },
    });

    await call('CreateTrainingJob', spotRequest());
    const description = await ended('training', 'r42-train-1');

    expect(description.SecondaryStatus).toBe('MaxRuntimeExceeded');
    expect(description.TrainingTimeInSeconds).toBe(3600 + 20);
  });
});

test('a world with the same seed writes the same journal', async () => {
  const journal = async (): Promise<string> => {
    const { call, ended, world } = await openJobs({
      scenario: { spot: ({ attempt }) => (attempt === 1 ? { kind: 'reclaimed' } : { kind: 'kept' }) },
    });
    await call('CreateTrainingJob', spotRequest());
    await ended('training', 'r42-train-1');
    return world.journal.text();
  };

  const first = await journal();

  expect(first.split('\n')).toHaveLength(12);
  expect(await journal()).toBe(first);
});
