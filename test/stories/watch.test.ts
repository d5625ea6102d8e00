import { notices, openWithLive, request, rollsBack, turnOf } from './support/rollbacks.ts';
import { ENDPOINT } from './support/story.ts';
import { test } from './support/test.ts';
import { breaks, childrenOf, statesOf, watched, watches, watchNotices, watchOf } from './support/watches.ts';

describe('a watch', () => {
  test('brings the champion back in hour 20', async () => {
    const { story, live, told } = await openWithLive(2);
    const [champion, challenger] = live;
    await story.pass({ hours: 20 });

    breaks(story, challenger!.config);
    const answer = await watched(story, challenger!);

    expect(answer).toMatchObject({
      outcome: 'ROLLED_BACK',
      config: challenger!.config,
      previous: champion!.config,
      servedConfig: champion!.config,
      reasons: [expect.stringMatching(/-errors rang: Threshold Crossed/)],
    });
    expect(await story.served()).toMatchObject({ status: 'InService', config: champion!.config });
    expect(notices(story)).toEqual([
      {
        subject: `Signalbox: rollback of ${ENDPOINT} LIVE`,
        message: expect.stringContaining(`Asked by watch of ${challenger!.id}: `),
      },
    ]);
    expect(watchNotices(story)).toEqual([]);
    expect(
      told.find((event) => event['detail-type'] === 'Watch Ended' && isOf(event, challenger!)),
    ).toMatchObject({
      detail: { outcome: 'ROLLED_BACK', previous: champion!.config },
    });
    expect(story.alarms()).toEqual([]);
    expect(watches(story)).toEqual([]);
    expect(turnOf(story)).toMatchObject({ live: champion!.config });
  });

  test('is three transitions from the alarm to the rollback, and ten to the change of the endpoint', async () => {
    const { story, live } = await openWithLive(2);
    await story.pass({ hours: 3 });
    const watch = () => watchOf(story, live[1]!.config);
    const waits = childrenOf(story, watch(), 'await')[0]!;
    const before = statesOf(waits).length + statesOf(watch()).length;

    breaks(story, live[1]!.config);
    await watched(story, live[1]!);

    const awaited = statesOf(story.world.stepfunctions.execution(waits.arn));
    const toTheCall = [
      ...awaited,
      ...statesOf(watch()).slice(0, statesOf(watch()).indexOf('Bring the champion back') + 1),
    ];
    expect(toTheCall.length - before).toBe(3);
    const [rollback] = childrenOf(story, watch(), 'rollback');
    expect(statesOf(rollback!).indexOf('Bring the earlier config back') + 1).toBe(7);
  });

  test('finds for itself an alarm of which no event tells', async () => {
    const { story, live } = await openWithLive(2);
    await story.pass({ hours: 3 });
    story.play({ event: () => 'drop' });

    breaks(story, live[1]!.config);
    const answer = await watched(story, live[1]!);

    expect(answer.outcome).toBe('ROLLED_BACK');
    expect((await story.served())!.config).toBe(live[0]!.config);
    // Whatever is lost costs no more than the time that has passed, and a time-out.
    const { startMs, stopMs } = watchOf(story, live[1]!.config);
    expect(stopMs! - startMs).toBeLessThan(8 * 3_600_000);
  });

  test('ends when a newer release serves, quietly and with its alarms', async () => {
    const { story, live } = await openWithLive(2);
    await story.pass({ minutes: 5 });
    const told = watches(story);

    const newer = await story.liveRelease();
    const answer = await watched(story, live[1]!);

    expect(told).toEqual([
      expect.objectContaining({
        sk: `${ENDPOINT}/${live[1]!.config}`,
        previous: live[0]!.config,
        release: live[1]!.id,
        executionArn: watchOf(story, live[1]!.config).arn,
      }),
    ]);
    expect(answer).toMatchObject({ outcome: 'SUPERSEDED', reasons: [`${newer.config} serves now.`] });
    expect(watches(story)).toEqual([expect.objectContaining({ sk: `${ENDPOINT}/${newer.config}` })]);
    expect(watchNotices(story)).toEqual([]);
    expect(story.alarms().every((name) => name.includes(newer.config))).toBe(true);
  });

  test('is over after its time, and takes the alarms of its release away', async () => {
    const { story, live, told } = await openWithLive(2);
    const { startMs } = watchOf(story, live[1]!.config);

    const answer = await watched(story, live[1]!);

    expect(answer).toMatchObject({
      outcome: 'KEPT',
      servedConfig: live[1]!.config,
      reasons: [],
      cleanedUp: [],
    });
    const hours = (watchOf(story, live[1]!.config).stopMs! - startMs) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(24);
    expect(hours).toBeLessThan(24.1);
    expect(story.alarms()).toEqual([]);
    expect(watchNotices(story)).toEqual([]);
    expect(told.findLast((event) => event['detail-type'] === 'Watch Ended')).toMatchObject({
      detail: { outcome: 'KEPT', release: live[1]!.id },
    });
  });

  test('over a first release finds nothing to go back to, and somebody is told at once', async () => {
    const { story, live, told } = await openWithLive(1);

    breaks(story, live[0]!.config);
    const answer = await watched(story, live[0]!);

    expect(answer).toMatchObject({ outcome: 'NO_PREDECESSOR', previous: '', servedConfig: live[0]!.config });
    expect(watchNotices(story)).toEqual([
      expect.stringMatching(
        /NO_PREDECESSOR\nOn call, now: an alarm rings, and nothing has served [\s\S]*-errors rang/,
      ),
    ]);
    expect(told.findLast((event) => event['detail-type'] === 'Watch Ended')).toMatchObject({
      detail: { outcome: 'NO_PREDECESSOR' },
    });
    expect(await story.served()).toMatchObject({ status: 'InService', config: live[0]!.config });
    // They go on telling people as long as it serves.
    expect(story.alarms()).toHaveLength(2);
  });

  test('says at its end that somebody has deleted one of its alarms', async () => {
    const { story, live } = await openWithLive(2);
    await story.pass({ hours: 1 });
    const [alarm] = story.alarms();
    await story.world.door.call({
      service: 'cloudwatch',
      operation: 'DeleteAlarms',
      input: { AlarmNames: [alarm] },
      caller: story.world.person,
    });

    const answer = await watched(story, live[1]!);

    expect(answer).toMatchObject({
      outcome: 'KEPT',
      reasons: [`The alarm ${alarm} is not there any more and could not ring.`],
    });
    expect(watchNotices(story)).toHaveLength(1);
    expect(story.alarms()).toEqual([]);
  });

  test('ends when somebody deletes the endpoint', async () => {
    const { story, live } = await openWithLive(2);
    await story.pass({ hours: 1 });

    await story.ask('DeleteEndpoint', { EndpointName: ENDPOINT });
    const answer = await watched(story, live[1]!);

    expect(answer).toMatchObject({
      outcome: 'SUPERSEDED',
      servedConfig: '',
      reasons: [`The endpoint ${ENDPOINT} is gone.`],
    });
    expect(story.alarms()).toEqual([]);
  });

  test('ends when somebody rolls back by hand, whose way back nothing else disturbs', async () => {
    const { story, live } = await openWithLive(2);
    await story.pass({ hours: 5 });

    const { answer } = await rollsBack(story, request);

    expect(answer.outcome).toBe('LIVE');
    expect(await watched(story, live[1]!)).toMatchObject({
      outcome: 'SUPERSEDED',
      reasons: [`${live[0]!.config} serves now.`],
    });
    expect((await story.served())!.config).toBe(live[0]!.config);
  });
});

const isOf = ({ detail }: { readonly detail?: unknown }, { id }: { readonly id: string }): boolean =>
  (detail as { release?: string }).release === id;
