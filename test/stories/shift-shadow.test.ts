import { answersOf, phasesOf } from './support/clients.ts';
import { ENDPOINT, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import {
  asShadow,
  byWeights,
  expectChampionAsBefore,
  expectNothingHeld,
  makeNamedAlarm,
  openTrial,
  ring,
  statesOf,
  tellOfNamedAlarm,
  trying,
} from './support/trials.ts';

/** Limits that let an alarm sleep where the comparison is to speak. */
const patient = { errorRatePercent: 90, p99LatencyMs: 60_000 };

describe('as a shadow', () => {
  test('a challenger answers nobody, passes, and shifts by canary', async () => {
    const { story, champion, arn, sinceMs } = await openTrial({ shift: asShadow });
    await story.entered('Let it answer copies', 'shadow');
    await story.pass({ minutes: 10 });
    const during = await story.served();
    const copies = copiesOf(story);

    const release = await story.releasedAs(arn);

    expect(during!.config).toBe(`${release.config}-trial`);
    expect(copies).toBeGreaterThan(100);
    expect(release).toMatchObject({ outcome: 'LIVE', reasons: [] });
    expect(release.detail.notes).toContainEqual(
      expect.stringMatching(
        /^As a shadow the challenger got [\d,]+ copies of [\d,]+ requests: 0 % errors against 0 %, p99 20 ms against 20 ms\.$/,
      ),
    );
    expect(phasesOf(story, release.config, sinceMs).map(({ share }) => Math.round(share * 100))).toEqual([
      0, 25, 100,
    ]);
    const { configs, alarms } = await story.serving();
    expect(configs).toEqual([champion.config, release.config].sort());
    expect(alarms.filter((name) => name.includes('-trial-'))).toEqual([]);
    expectNothingHeld(story);
  });

  test('a challenger that passes may go on to a growing share of the requests', async () => {
    // biome-ignore lint/suspicious/noThenProperty: the pipeline file's own word.
    const { story, arn, sinceMs } = await openTrial({ shift: { ...asShadow, then: byWeights } });

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({ outcome: 'LIVE', reasons: [] });
    expect(phasesOf(story, release.config, sinceMs).map(({ share }) => Math.round(share * 100))).toEqual([
      0, 10, 50, 100,
    ]);
    expect(release.detail.notes!.slice(0, 2)).toEqual([
      expect.stringMatching(/^As a shadow/),
      expect.stringMatching(/^Beside the champion/),
    ]);
    expectNothingHeld(story);
  });

  test('a challenger gets as many copies as the pipeline says', async () => {
    const { story, arn } = await openTrial({ shift: { ...asShadow, percent: 10 } });

    const release = await story.releasedAs(arn);

    expect(release.outcome).toBe('LIVE');
    const [, copies, requests] = /got ([\d,]+) copies of ([\d,]+) requests/.exec(
      release.detail.notes!.join(),
    )!;
    const number = (text: string): number => Number(text.replaceAll(',', ''));
    expect(number(copies!) / number(requests!)).toBeCloseTo(0.1, 2);
  });

  test('takes as many transitions for a week as for half an hour', async () => {
    const transitions: number[][] = [];
    for (const seconds of [1800, 604_800]) {
      const { story, arn } = await openTrial({ shift: { ...asShadow, seconds } });
      const release = await story.releasedAs(arn);
      expect(release.outcome).toBe('LIVE');
      transitions.push([statesOf(trying(story, 'shadow')).length, release.transitions]);
    }

    expect(transitions[1]).toEqual(transitions[0]);
  });
});

describe('a shadow is rejected', () => {
  test('when it answers with more errors than the champion', async () => {
    const { release, story, champion } = await tries({ challenger: { errorShare: 0.02 }, alarms: patient });

    expect(release).toMatchObject({
      outcome: 'REJECTED',
      reasons: [
        "2 % of the challenger's answers are errors, 2 points above the champion's 0 %; 0.5 is allowed",
      ],
    });
    expect(release.detail.notes).toContainEqual(expect.stringContaining('2 % errors against 0 %'));
    expect(answersOf(story, release.config).challenger.requests).toBe(0);
    await expectChampionAsBefore(story, champion.config);
  });

  test('when it is slower', async () => {
    const { release, story, champion } = await tries({ challenger: { latencyMs: 30 }, alarms: patient });

    expect(release).toMatchObject({
      outcome: 'REJECTED',
      reasons: ["the challenger's p99 of 30 ms is 10 ms above the champion's 20 ms; 20 % is allowed"],
    });
    await expectChampionAsBefore(story, champion.config);
  });

  test('not when the pipeline allows it', async () => {
    const compare = { p99LatencyMayRiseByPercent: 60 };
    const { release } = await tries({ challenger: { latencyMs: 30 }, shift: { ...asShadow, compare } });

    expect(release.outcome).toBe('LIVE');
  });

  test('when an alarm rings, before its time is over', async () => {
    const { release, story, champion, sinceMs } = await tries({
      challenger: { errorShare: 0.5 },
      shift: { ...asShadow, seconds: 86_400 },
    });

    expect(release.outcome).toBe('REJECTED');
    expect(release.reasons.join()).toMatch(/-trial-errors rang: Threshold Crossed/);
    expect(story.world.clock.now() - sinceMs).toBeLessThan(2 * 3_600_000);
    await expectChampionAsBefore(story, champion.config);
  });

  test('when an alarm of the pipeline’s owner rings', async () => {
    const named = 'checkout-conversion';
    const { story, champion, arn } = await openTrial({ shift: asShadow, alarms: { named: [named] } });
    await makeNamedAlarm(story, named);
    await story.entered('Let it answer copies', 'shadow');
    await story.pass({ minutes: 5 });
    await ring(story, named);
    await tellOfNamedAlarm(story);

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({ outcome: 'REJECTED', reasons: [`${named} rang: too few buy`] });
    await expectChampionAsBefore(story, champion.config);
  });

  test('when too few requests came to tell', async () => {
    const compare = { atLeastRequests: 100 };
    const { release, story, champion } = await tries({
      fleet: () => ({ requestsPerMinute: 3 }),
      shift: { ...asShadow, compare },
    });

    expect(release).toMatchObject({
      outcome: 'REJECTED',
      reasons: [expect.stringMatching(/^the challenger got (8\d|9\d) copies; 100 are needed to compare$/)],
    });
    await expectChampionAsBefore(story, champion.config);
  });

  test('when nobody asked anything', async () => {
    const { release, story, champion } = await tries({ fleet: () => ({}) });

    expect(release.outcome).toBe('REJECTED');
    expect(release.reasons).toContain('the champion answered no request to compare with');
    await expectChampionAsBefore(story, champion.config);
  });
});

describe('nobody is let through unseen:', () => {
  const unseen = [
    ['the metrics cannot be read', { service: 'cloudwatch', operation: 'GetMetricData', kind: 'throttle' }],
    [
      'the function cannot be called',
      { service: 'lambda', operation: 'Invoke', by: '*Shadow*', kind: 'throttle' },
    ],
  ] as const;
  for (const [what, fault] of unseen) {
    test(what, async () => {
      const { release, story, champion } = await tries({ faults: [fault] });

      expect(release.outcome).toBe('FAILED');
      await expectChampionAsBefore(story, champion.config);
    });
  }
});

async function tries(options: Parameters<typeof openTrial>[0]) {
  const tried = await openTrial({ shift: asShadow, ...options });
  return { ...tried, release: await tried.story.releasedAs(tried.arn) };
}

/** How many copies the shadow has answered. */
function copiesOf({ world }: Story): number {
  const series = world.cloudwatch.series('AWS/SageMaker', 'Invocations', {
    EndpointName: ENDPOINT,
    VariantName: 'challenger',
  });
  return series.between(world.clock.now() - 86_400_000, world.clock.now())?.statistic('Sum') ?? 0;
}
