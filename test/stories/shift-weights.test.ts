import { answersOf, phasesOf } from './support/clients.ts';
import type { Story } from './support/story.ts';
import { test } from './support/test.ts';
import {
  byWeights,
  expectChampionAsBefore,
  expectNothingHeld,
  makeNamedAlarm,
  openTrial,
  ring,
  STEP_SECONDS,
  statesOf,
  tellOfNamedAlarm,
  trying,
  variantsOf,
  watchesStep,
} from './support/trials.ts';

/** The challenger's share of the answers, phase by phase, in whole percent. */
const sharesSeen = (story: Story, config: string, sinceMs: number): number[] =>
  phasesOf(story, config, sinceMs).map(({ share }) => Math.round(share * 100));

describe('by weights', () => {
  test('a challenger answers a growing share of the requests, exactly, and goes live', async () => {
    const { story, arn, sinceMs } = await openTrial();

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({ outcome: 'LIVE', reasons: [] });
    const phases = phasesOf(story, release.config, sinceMs);
    expect(phases.map(({ share }) => Math.round(share * 1000) / 1000)).toEqual([0, 0.1, 0.5, 1]);
    for (const { seconds } of phases.slice(1)) expect(seconds).toBeGreaterThanOrEqual(STEP_SECONDS);
    const { champion, challenger } = answersOf(story, release.config);
    expect([champion.errors, challenger.errors]).toEqual([0, 0]);
    expect(release.detail.notes).toContain(
      'Beside the champion the challenger answered 10 %, then 50 %, then 100 % of the requests, and no alarm rang.',
    );
  });

  test('nothing is left of the trial when it is over', async () => {
    const { story, champion, arn } = await openTrial();

    const { config } = await story.releasedAs(arn);

    const { endpoint, configs, alarms } = await story.serving();
    expect(endpoint).toMatchObject({ status: 'InService', config, instances: 4 });
    expect(configs).toEqual([champion.config, config].sort());
    expect(alarms.filter((name) => name.includes('-trial-'))).toEqual([]);
    expect(await variantsOf(story)).toEqual({ main: 1 });
    expectNothingHeld(story);
  });

  test('takes as many transitions with steps of a day as with steps of five minutes', async () => {
    const transitions: number[] = [];
    for (const intervalSeconds of [300, 86_400]) {
      const { story, arn } = await openTrial({ shift: { ...byWeights, intervalSeconds } });
      const release = await story.releasedAs(arn);
      expect(release.outcome).toBe('LIVE');
      transitions.push(statesOf(trying(story)).length);
    }

    expect(transitions[1]).toBe(transitions[0]);
    expect(transitions[0]).toBeLessThanOrEqual(10 + 3 * 24);
  });

  test('the champion’s instances, as autoscaling has left them, stay', async () => {
    const { story, arn } = await openTrial();
    await watchesStep(story, 1);
    await story.ask('UpdateEndpointWeightsAndCapacities', {
      EndpointName: 'flight-delay',
      DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 6 }],
    });

    const release = await story.releasedAs(arn);

    expect(release.outcome).toBe('LIVE');
    expect(await story.served()).toMatchObject({ config: release.config, instances: 6 });
  });
});

describe('the champion gets all requests back at once', () => {
  test('when the challenger answers with errors', async () => {
    const { story, champion, arn, sinceMs } = await openTrial({ challenger: { errorShare: 0.2 } });

    const release = await story.releasedAs(arn);

    expect(release.outcome).toBe('ROLLED_BACK');
    expect(release.reasons.join()).toMatch(/-trial-errors rang: Threshold Crossed/);
    expect(release.detail.notes).toContain('The challenger had reached 10 % of the requests.');
    expect(sharesSeen(story, release.config, sinceMs)).toEqual([0, 10, 0]);
    expect(answersOf(story, release.config).champion.errors).toBe(0);
    await expectChampionAsBefore(story, champion.config);
  });

  const steps = [
    [1, 10],
    [2, 50],
    [3, 100],
  ] as const;
  for (const [step, percent] of steps) {
    test(`when an alarm of its own rings at ${percent} %, four transitions later`, async () => {
      const { story, champion, arn, sinceMs } = await openTrial();
      await watchesStep(story, step);
      const rungMs = story.world.clock.now();
      const own = story.alarms().find((name) => name.endsWith('-trial-errors'))!;
      await ring(story, own);

      const release = await story.releasedAs(arn);

      expect(release).toMatchObject({ outcome: 'ROLLED_BACK', reasons: [`${own} rang: too few buy`] });
      expect(statesOf(trying(story), rungMs).slice(0, 4)).toEqual([
        'Look at the alarms',
        'Does an alarm ring?',
        'Check the turn',
        'Change the weights',
      ]);
      expect(sharesSeen(story, release.config, sinceMs)).toEqual([...[0, 10, 50, 100].slice(0, step + 1), 0]);
      await expectChampionAsBefore(story, champion.config);
    });

    test(`when a named alarm rings at ${percent} %`, async () => {
      const named = 'checkout-conversion';
      const { story, champion, arn } = await openTrial({ alarms: { named: [named] } });
      await makeNamedAlarm(story, named);
      await watchesStep(story, step);
      const rungMs = story.world.clock.now();
      await ring(story, named);
      await tellOfNamedAlarm(story);

      const release = await story.releasedAs(arn);

      expect(release).toMatchObject({ outcome: 'ROLLED_BACK', reasons: [`${named} rang: too few buy`] });
      expect(statesOf(trying(story), rungMs).indexOf('Change the weights')).toBe(3);
      await expectChampionAsBefore(story, champion.config);
    });
  }

  test('within a quarter of the step when the alarm’s event gets lost', async () => {
    const { story, champion, arn } = await openTrial({
      challenger: { errorShare: 0.2 },
      event: ({ source }) => (source === 'aws.cloudwatch' ? 'drop' : 'deliver'),
    });

    const release = await story.releasedAs(arn);

    expect(release.outcome).toBe('ROLLED_BACK');
    const rangMs = when(story, '-trial-errors', /→ ALARM/);
    const backMs = when(story, trying(story)!.name, /entered Change the weights/);
    expect((backMs - rangMs) / 1000).toBeGreaterThan(1);
    expect((backMs - rangMs) / 1000).toBeLessThanOrEqual(STEP_SECONDS / 4);
    await expectChampionAsBefore(story, champion.config);
  });
});

/** When the diary of something last told this. */
const when = ({ world }: Story, subject: string, told: RegExp): number =>
  world.journal.entries.findLast((entry) => entry.subject.endsWith(subject) && told.test(entry.what))!.atMs;
