import {
  ended,
  notices,
  openWithLive,
  rejection,
  request,
  rollsBack,
  startMachine,
  turnOf,
} from './support/rollbacks.ts';
import { ENDPOINT } from './support/story.ts';
import { test } from './support/test.ts';

describe('a release that serves well no more', () => {
  test('gives way to the one before it, all at once and without alarms, and people are told', async () => {
    const { story, live, told } = await openWithLive(2);
    const [first, second] = live;
    await story.pass({ minutes: 5 });

    const { answer, transitions } = await rollsBack(story, request);

    expect(answer).toMatchObject({
      outcome: 'LIVE',
      endpoint: ENDPOINT,
      from: second!.config,
      to: first!.config,
      servedConfig: first!.config,
      reasons: [],
    });
    expect(await story.served()).toMatchObject({ status: 'InService', config: first!.config, instances: 4 });
    // The alarms of what was taken back would watch nothing.
    expect(story.alarms()).toEqual([]);
    expect(turnOf(story)).toMatchObject({ live: first!.config, liveRank: expect.any(String) });
    expect(turnOf(story)).not.toHaveProperty('holder');
    expect(turnOf(story)).not.toHaveProperty('shifting');
    const update = story.calls.findLast(({ operation }) => operation === 'UpdateEndpoint')!.input as {
      DeploymentConfig: object;
    };
    expect(update.DeploymentConfig).not.toHaveProperty('AutoRollbackConfiguration');
    expect(notices(story)).toEqual([
      {
        subject: 'Signalbox: rollback of flight-delay LIVE',
        message: expect.stringMatching(
          new RegExp(`Serves now: ${first!.config}\nAsked by you: it answers nonsense\nExecution: arn`),
        ),
      },
    ]);
    expect(told.filter((event) => event['detail-type'] === 'Rollback Ended')).toEqual([
      expect.objectContaining({
        detail: expect.objectContaining({
          outcome: 'LIVE',
          from: second!.config,
          to: first!.config,
          by: 'you',
        }),
      }),
    ]);
    expect(transitions).toBeLessThanOrEqual(20);
  });

  test('gives way although its alarms ring', async () => {
    const { story, live } = await openWithLive(2);
    const [first] = live;
    story.play({
      fleet: ({ endpointConfigName }) => ({
        requestsPerMinute: 600,
        errorShare: endpointConfigName === first!.config ? 0 : 0.5,
      }),
    });
    await story.pass({ hours: 1 });

    const { answer } = await rollsBack(story, request);

    expect(answer.outcome).toBe('LIVE');
    expect((await story.served())!.config).toBe(first!.config);
  });

  test('is found by the pipeline alone', async () => {
    const { story, live } = await openWithLive(2);

    const { answer } = await rollsBack(story, { pipeline: 'flight-delay', reason: 'bad', by: 'you' });

    expect(answer).toMatchObject({ outcome: 'LIVE', endpoint: ENDPOINT, servedConfig: live[0]!.config });
  });

  test('gives way to an older one that is named, by its release or by its config', async () => {
    const { story, live } = await openWithLive(3);
    const [first, second, third] = live;

    const toFirst = await rollsBack(story, { ...request, from: third!.id, to: first!.id });
    const toSecond = await rollsBack(story, { ...request, from: first!.config, to: second!.config });

    expect(toFirst.answer).toMatchObject({ outcome: 'LIVE', from: third!.config, to: first!.config });
    expect(toSecond.answer).toMatchObject({ outcome: 'LIVE', from: first!.config, to: second!.config });
    expect((await story.served())!.config).toBe(second!.config);
  });

  test('gives way when its package is named, as by whoever rejects it', async () => {
    const { story, live } = await openWithLive(2);
    const [first, second] = live;

    const { answer } = await rollsBack(story, rejection(second!));

    expect(answer).toMatchObject({ outcome: 'LIVE', from: second!.config, to: first!.config });
    expect(notices(story)).toHaveLength(1);
  });

  test('and the one that was brought back after it give way to what was before both', async () => {
    const { story, live } = await openWithLive(3);
    const [first, second] = live;

    const once = await rollsBack(story, request);
    const twice = await rollsBack(story, request);
    const thrice = await rollsBack(story, request);

    expect(once.answer.to).toBe(second!.config);
    expect(twice.answer.to).toBe(first!.config);
    expect(thrice.answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [`There is no earlier release of ${ENDPOINT} to bring back.`],
    });
    expect((await story.served())!.config).toBe(first!.config);
  });

  test('makes room for a new release, which then serves', async () => {
    const { story } = await openWithLive(2);
    await rollsBack(story, request);

    const release = await story.liveRelease();

    expect((await story.served())!.config).toBe(release.config);
    const { answer } = await rollsBack(story, request);
    expect(answer).toMatchObject({ outcome: 'LIVE', from: release.config });
  });
});

describe('a rollback does nothing', () => {
  test('and takes no turn, when a package is rejected that does not serve', async () => {
    const { story, live } = await openWithLive(2);
    const before = [await story.served(), turnOf(story)];

    const earlier = await rollsBack(story, rejection(live[0]!));
    const never = await rollsBack(story, { ...rejection(live[0]!), pipeline: 'other' });

    expect(earlier.answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [expect.stringContaining('does not serve')],
    });
    expect(never.answer.outcome).toBe('NOTHING_TO_DO');
    expect([await story.served(), turnOf(story)]).toEqual(before);
    expect(notices(story)).toEqual([]);
  });

  test('when another release serves than the one it names', async () => {
    const { story, live } = await openWithLive(2);
    const [first, second] = live;
    const before = await story.served();

    const { answer } = await rollsBack(story, { ...request, from: first!.id });

    expect(answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [`${second!.config} serves, not ${first!.config}.`],
      servedConfig: second!.config,
    });
    expect(await story.served()).toEqual(before);
    expect(turnOf(story)).not.toHaveProperty('holder');
  });

  test('when there is no earlier release, no release of that name, or no endpoint', async () => {
    const { story } = await openWithLive(1);

    const noEarlier = await rollsBack(story, request);
    const unknown = await rollsBack(story, { ...request, to: 'flight-delay-1' });
    const nowhere = await rollsBack(story, { ...request, endpoint: 'elsewhere' });
    const never = await rollsBack(story, { pipeline: 'other', reason: '', by: 'you' });

    expect(noEarlier.answer.reasons).toEqual([`There is no earlier release of ${ENDPOINT} to bring back.`]);
    expect(unknown.answer.reasons).toEqual([`No proven release of ${ENDPOINT} is called flight-delay-1.`]);
    expect(nowhere.answer.reasons).toEqual(['There is no endpoint elsewhere.']);
    expect(never.answer.reasons).toEqual(['No release of the pipeline other has gone live.']);
    for (const { answer } of [noEarlier, unknown, nowhere, never])
      expect(answer.outcome).toBe('NOTHING_TO_DO');
    expect(notices(story)).toHaveLength(4);
  });

  test('when what it names was moved away while it waited for its turn', async () => {
    const { story, live } = await openWithLive(2);
    await story.start({ pipeline: 'flight-delay' });
    await story.world.clock.runUntil(() => turnOf(story).shifting !== undefined, 7_200_000);

    const arn = await startMachine(story, 'RollbackMachine', { ...request, from: live[1]!.config });
    const release = await story.released();
    const { answer } = await ended(story, arn);

    expect(release.outcome).toBe('LIVE');
    expect(answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [`${release.config} serves, not ${live[1]!.config}.`],
    });
    expect((await story.served())!.config).toBe(release.config);
  });
});

describe('a rollback that cannot be', () => {
  test('is told with what serves instead', async () => {
    const { story, live } = await openWithLive(2, { endpointUpdate: () => 'shift' });
    story.play({ endpointUpdate: () => 'return-to-old-config' });

    const { answer } = await rollsBack(story, request);

    expect(answer).toMatchObject({
      outcome: 'FAILED',
      servedConfig: live[1]!.config,
      reasons: [
        expect.stringContaining(`was to return to ${live[0]!.config} and is InService on ${live[1]!.config}`),
      ],
    });
    expect(notices(story)[0]!.subject).toBe('Signalbox: rollback of flight-delay FAILED');
    expect(turnOf(story)).toMatchObject({ live: live[1]!.config });
    expect(turnOf(story)).not.toHaveProperty('shifting');
    expect(turnOf(story)).not.toHaveProperty('holder');
  });

  test('is told with SageMaker’s reason when the earlier config is gone', async () => {
    const { story, live } = await openWithLive(2);
    await story.ask('DeleteEndpointConfig', { EndpointConfigName: live[0]!.config });

    const { answer } = await rollsBack(story, request);

    expect(answer).toMatchObject({
      outcome: 'FAILED',
      servedConfig: live[1]!.config,
      reasons: [
        expect.stringMatching(/SageMaker refused to bring .* back: .*Could not find endpoint configuration/),
      ],
    });
    expect(turnOf(story)).not.toHaveProperty('shifting');
  });
});
