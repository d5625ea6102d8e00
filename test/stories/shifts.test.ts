import {
  challengersAre,
  endpointDiary,
  openWithClients,
  ownersAlarm,
  putAlarm,
  releaseWith,
  startWith,
  until,
} from './support/shifts.ts';
import { test } from './support/test.ts';

/** Each shift that SageMaker does by itself, over four instances. */
const SHIFTS = [
  {
    name: 'canary',
    shift: { type: 'canary', percent: 50, bakeSeconds: 600 },
    bakes: ['canary capacity of 2 instance(s)', 'full capacity of 4 instance(s)'],
    longer: { type: 'canary', percent: 50, bakeSeconds: 3600, terminationWaitSeconds: 3600 },
  },
  {
    name: 'linear',
    shift: { type: 'linear', stepPercent: 25, intervalSeconds: 300 },
    bakes: [
      'linear step capacity of 1 instance(s)',
      'linear step capacity of 2 instance(s)',
      'linear step capacity of 3 instance(s)',
      'full capacity of 4 instance(s)',
    ],
    longer: { type: 'linear', stepPercent: 25, intervalSeconds: 3600, terminationWaitSeconds: 3600 },
  },
  {
    name: 'all at once',
    shift: { type: 'all-at-once', bakeSeconds: 600 },
    bakes: ['full capacity of 4 instance(s)'],
    longer: { type: 'all-at-once', bakeSeconds: 3500, terminationWaitSeconds: 100 },
  },
  {
    name: 'rolling',
    shift: { type: 'rolling', batchPercent: 50, intervalSeconds: 300 },
    bakes: ['batch capacity of 2 instance(s)', 'batch capacity of 4 instance(s)'],
    longer: { type: 'rolling', batchPercent: 50, intervalSeconds: 3600 },
  },
];

describe.each(SHIFTS)('a shift: $name', ({ shift, longer, bakes }) => {
  test('moves the traffic in whole instances, and no request fails', async () => {
    const { story, champion } = await openWithClients();

    const release = await releaseWith(story, { shift });

    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: {
        endpoint: { servedConfig: release.config },
        notes: [
          expect.stringMatching(
            new RegExp(`^Watched until \\d{4}-.*Z: an alarm brings ${champion.config} back\\.$`),
          ),
        ],
      },
    });
    expect(await story.served()).toMatchObject({
      status: 'InService',
      config: release.config,
      instances: 4,
    });
    expect(bakesOf(endpointDiary(story), release.config)).toEqual(bakes);
    for (const { errors } of Object.values(story.traffic())) expect(errors).toBe(0);
  });

  test('is taken back by an alarm of the release’s own, and what it made goes', async () => {
    const { story, champion } = await openWithClients();
    const before = await story.serving();

    challengersAre(story, champion, { errorShare: 1 / 3 });
    const release = await releaseWith(story, { shift });

    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      reasons: [expect.stringContaining(`signalbox-prod-release-${release.config}-errors rang`)],
      detail: { endpoint: { intendedConfig: release.config, servedConfig: champion.config } },
      execution: { status: 'SUCCEEDED' },
    });
    const after = await story.serving();
    expect(after).toEqual({
      ...before,
      endpoint: { ...before.endpoint, modifiedAt: after.endpoint!.modifiedAt },
    });
    const { [champion.config]: well, [release.config]: faulty } = story.traffic();
    expect(well!.errors).toBe(0);
    expect(faulty!.errors).toBeGreaterThan(0);
  });

  test('is taken back by an alarm that the pipeline names', async () => {
    const { story, champion } = await openWithClients();
    await ownersAlarm(story, 'checkout-conversion');
    const before = await story.serving();

    await startWith(story, { shift, alarms: { named: ['checkout-conversion'] } });
    await until(story, `Baking ${bakes[0]}`);
    await putAlarm(story, 'checkout-conversion', 'ALARM');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      reasons: ['checkout-conversion rang: Conversion is down by half.'],
      detail: { endpoint: { servedConfig: champion.config } },
    });
    const { configs, models, alarms } = await story.serving();
    // The owner's alarm is nobody's to remove.
    expect({ configs, models, alarms }).toEqual({
      configs: before.configs,
      models: before.models,
      alarms: before.alarms,
    });
    expect(story.world.cloudwatch.alarms.has('checkout-conversion')).toBe(true);
  });

  test('enters as many states however long it bakes', async () => {
    const { story } = await openWithClients();

    const short = await releaseWith(story, { shift });
    await story.pass({ hours: 1 });
    const long = await releaseWith(story, { shift: longer });

    expect([short.outcome, long.outcome]).toEqual(['LIVE', 'LIVE']);
    expect(long.states('deploy')).toEqual(short.states('deploy'));
    expect(long.transitions).toBe(short.transitions);
  });
});

/** What the endpoint's diary calls baking, of one config, in its order. */
const bakesOf = (diary: readonly string[], config: string): string[] =>
  diary
    .filter((line) => line.startsWith(`${config} Baking: `))
    .map((line) => /Baking (.*) for \d+ seconds/.exec(line)![1]!);
