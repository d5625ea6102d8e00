import { AwsError } from '../../local/aws-error.ts';
import type { Call } from '../../local/door.ts';
import { executionsOf } from './support/rollbacks.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';
import { breaks, releasesWith, statesOf, watched, watches, watchOf } from './support/watches.ts';

describe('a watch that its deployment did not begin', () => {
  for (const [how, stopped] of [
    ['with its release', (story: Story) => story.executions('release').at(-1)!],
    ['alone', (story: Story) => executionsOf(story, 'deploy')[1]!],
  ] as const) {
    test(`because it was stopped right after its proof, ${how}, is begun within the hour`, async () => {
      const { story, champion } = await openWithoutWatches();
      await story.start({ pipeline: 'flight-delay', fresh: true });
      await story.world.clock.runUntil(() => hasProven(story), 24 * 3_600_000);
      await story.abort(stopped(story).arn);
      story.play({ fault: () => undefined });
      const release = await story.released();
      expect(release).toMatchObject({
        outcome: 'LIVE',
        detail: { notes: [expect.stringContaining('it begins within the hour')] },
      });

      await story.pass({ hours: 1.1 });

      await isWatched(story, release, champion);
    });
  }

  test('because Step Functions did not let it is begun within the hour, and until then said not to be', async () => {
    const { story, champion } = await openWithoutWatches();
    await story.start({ pipeline: 'flight-delay', fresh: true });
    const release = await story.released();
    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: { notes: [expect.stringContaining('Nobody watches it yet: ')] },
    });
    story.play({ fault: () => undefined });

    await story.pass({ hours: 1.1 });

    await isWatched(story, release, champion);
  });
});

/** A champion, after which no deployment can begin a watch any more. */
async function openWithoutWatches(): Promise<{ story: Story; champion: ToldRelease }> {
  const story = await openStory();
  const [champion] = await releasesWith(story, 1, {});
  story.play({
    fault: (call) =>
      isOfWatch(call) ? new AwsError('ServiceUnavailable', 'Try again later.', 503) : undefined,
  });
  return { story, champion: champion! };
}

/** The second deployment is at its last step. */
const hasProven = (story: Story): boolean => {
  const deployment = executionsOf(story, 'deploy')[1];
  return deployment !== undefined && statesOf(deployment).includes('Start the watch');
};

const isOfWatch = ({ operation, input, caller }: Call): boolean =>
  operation === 'StartExecution' &&
  /-watch$/.test((input as { stateMachineArn: string }).stateMachineArn) &&
  /-deploy:/.test(caller.sourceArn ?? '');

async function isWatched(story: Story, release: ToldRelease, champion: ToldRelease): Promise<void> {
  expect(watchOf(story, release.config).status).toBe('RUNNING');
  const line = watches(story).find(({ sk }) => sk!.endsWith(release.config))!;
  expect(line.executionArn).toBe(watchOf(story, release.config).arn);
  expect(line).not.toHaveProperty('unstarted');

  breaks(story, release.config);
  expect(await watched(story, release)).toMatchObject({
    outcome: 'ROLLED_BACK',
    servedConfig: champion.config,
  });
}
