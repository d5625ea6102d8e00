import { executionsOf } from './support/rollbacks.ts';
import { endpointDiary, ownersAlarm, putAlarm, startWith } from './support/shifts.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';
import { tellOfNamedAlarm } from './support/trials.ts';
import { releasesWith, watched, watchOf } from './support/watches.ts';

const NAMED = 'checkout-conversion';

const SHIFTS = [
  { name: 'canary', shift: { type: 'canary', percent: 50, bakeSeconds: 1800 } },
  {
    name: 'weights',
    shift: { type: 'weights', steps: [50], intervalSeconds: 1800 },
  },
];

describe.each(SHIFTS)('an alarm that a challenger rings during its $name', ({ shift }) => {
  test('takes the challenger back, and not the champion that is still watched', async () => {
    const { story, champion, predecessor } = await openWatched();

    await ringDuring(story, shift);
    await story.pass({ minutes: 5 });
    await putAlarm(story, NAMED, 'OK');
    const release = await story.released();
    await story.pass({ hours: 1 });

    expect(release.outcome).toBe('ROLLED_BACK');
    expect(await story.served()).toMatchObject({ status: 'InService', config: champion.config });
    expect(watchOf(story, champion.config).status).toBe('RUNNING');

    // It goes on watching: what rings with nobody else there is the champion's own.
    await putAlarm(story, NAMED, 'ALARM');
    await tellOfNamedAlarm(story);
    expect(await watched(story, champion)).toMatchObject({
      outcome: 'ROLLED_BACK',
      servedConfig: predecessor.config,
    });
  });

  test('takes the champion back, too, when it goes on ringing', async () => {
    const { story, champion, predecessor } = await openWatched();

    await ringDuring(story, shift);
    const release = await story.released();

    expect(release.outcome).toBe('ROLLED_BACK');
    expect(await watched(story, champion)).toMatchObject({
      outcome: 'ROLLED_BACK',
      servedConfig: predecessor.config,
    });
    expect(executionsOf(story, 'rollback')).toHaveLength(1);
  });
});

/** Two releases gone live, of which the second is watched under an alarm of the pipeline's owner. */
async function openWatched(): Promise<{ story: Story; predecessor: ToldRelease; champion: ToldRelease }> {
  const story = await openStory();
  await ownersAlarm(story, NAMED);
  const [predecessor, champion] = await releasesWith(story, 2, { alarms: { named: [NAMED] } });
  return { story, predecessor: predecessor!, champion: champion! };
}

/** The alarm rings ten minutes after the endpoint has begun to change. */
async function ringDuring(story: Story, shift: object): Promise<void> {
  const before = endpointDiary(story).length;
  await startWith(story, { shift, alarms: { named: [NAMED] } });
  await story.world.clock.runUntil(() => endpointDiary(story).length > before, 7_200_000);
  await story.pass({ minutes: 20 });
  await putAlarm(story, NAMED, 'ALARM');
  await tellOfNamedAlarm(story);
}
