import { AwsError } from '../../local/aws-error.ts';
import type { Call } from '../../local/door.ts';
import { openStory } from './support/story.ts';
import { test } from './support/test.ts';

const noSpot = () => ({ kind: 'no-capacity' }) as const;

/** SageMaker refuses to train on this type: the account's quota for it is used up. */
const noQuotaFor =
  (instanceType: string) =>
  ({ operation, input }: Call) => {
    const { ResourceConfig } = input as { ResourceConfig?: { InstanceType: string } };
    if (operation !== 'CreateTrainingJob' || ResourceConfig?.InstanceType !== instanceType) return undefined;
    return new AwsError(
      'ResourceLimitExceeded',
      `The account-level service limit for ${instanceType} is 0 Instances.`,
    );
  };

describe('training on Spot', () => {
  test('goes on after the instance was taken, and counts it', async () => {
    const attempts: number[] = [];
    const story = await openStory({
      spot: ({ attempt }) => {
        attempts.push(attempt);
        return attempt === 1 ? { kind: 'reclaimed', afterSeconds: 120 } : { kind: 'kept' };
      },
    });

    const release = await story.liveRelease();

    expect(attempts).toEqual([1, 2]);
    expect(release.detail.training).toMatchObject({ capacity: 'spot', spotInterruptions: 1, tried: [] });
  });

  test('goes up the ladder to On-Demand when there is no Spot capacity, and tells what was tried', async () => {
    const story = await openStory({ spot: noSpot });

    const release = await story.liveRelease();

    const why = 'No Spot capacity within the wait that the pipeline allows';
    expect(release.detail.training).toMatchObject({
      capacity: 'on-demand',
      instanceType: 'ml.m5.xlarge',
      tried: [
        { capacity: 'spot', instanceType: 'ml.m5.xlarge', why },
        { capacity: 'spot', instanceType: 'ml.m5.2xlarge', why },
      ],
    });
    expect(release.detail.training!.jobName).toMatch(/-train-3-/);
    // Each rung goes on from what the one before it has learned.
    expect(checkpoints(story.calls)).toHaveLength(1);
  });

  test('takes the next rung when the quota of the first is used up', async () => {
    const story = await openStory({ fault: noQuotaFor('ml.m5.xlarge') });

    const release = await story.liveRelease();

    expect(release.detail.training).toMatchObject({
      capacity: 'spot',
      instanceType: 'ml.m5.2xlarge',
      tried: [
        { instanceType: 'ml.m5.xlarge', why: expect.stringContaining('service limit for ml.m5.xlarge is 0') },
      ],
    });
  });

  test('takes the next rung when SageMaker has no machine left for the job', async () => {
    const story = await openStory();
    const { sagemaker } = story.world;
    const release = story.liveRelease();
    await story.world.clock.runUntil(() => sagemaker.jobs.training.size === 1, 3_600_000);

    const [job] = sagemaker.jobs.training.values();
    job!.failureReason = 'CapacityError: Unable to provision requested ML compute capacity. Please retry.';
    job!.enter('Failed', 'Failed', 'Training job failed');

    expect((await release).detail.training).toMatchObject({
      instanceType: 'ml.m5.2xlarge',
      tried: [{ why: 'CapacityError: Unable to provision requested ML compute capacity. Please retry.' }],
    });
  });

  test('fails when the pipeline does not allow On-Demand', async () => {
    const story = await openStory({ spot: noSpot });

    await story.start({ pipeline: 'flight-delay', overrides: { train: { spot: { fallback: 'none' } } } });
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('Train the challenger: No capacity on any rung')],
      detail: { failure: { error: 'NoTrainingCapacityError', state: 'Train the challenger' } },
      execution: { status: 'FAILED', error: 'NoTrainingCapacityError' },
      notice: { message: expect.stringContaining('Who can act: The account owner') },
    });
    expect(story.called(/^CreateTrainingJob$/)).toHaveLength(2);
    expect(await story.served()).toBeUndefined();
  });
});

const checkpoints = (calls: readonly Call[]): string[] => [
  ...new Set(
    calls
      .filter(({ operation }) => operation === 'CreateTrainingJob')
      .map(({ input }) => (input as { CheckpointConfig: { S3Uri: string } }).CheckpointConfig.S3Uri),
  ),
];
