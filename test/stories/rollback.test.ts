import { ENDPOINT, openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

/** Clients ask all the time; a fleet of any config but `champion` fails one request in three. */
const faultyBeside = (champion: string) => ({
  fleet: ({ endpointConfigName }: { endpointConfigName: string }) => ({
    requestsPerMinute: 600,
    errorShare: endpointConfigName === champion ? 0 : 1 / 3,
  }),
});

async function openWithChampion(): Promise<{ story: Story; champion: string }> {
  const story = await openStory({ fleet: () => ({ requestsPerMinute: 600 }) });
  const { config } = await story.liveRelease();
  await story.pass({ hours: 1 });
  return { story, champion: config };
}

describe('a challenger that fails on live traffic', () => {
  test('is rolled back by its alarm, and exactly the champion serves', async () => {
    const { story, champion } = await openWithChampion();
    const before = await story.serving();

    story.play(faultyBeside(champion));
    story.pushImage('faulty');
    const release = await story.released();

    const alarm = `signalbox-prod-release-${release.config}-errors`;
    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      reasons: [expect.stringContaining(`${alarm} rang: Threshold Crossed: 2 out of the last 2 datapoints`)],
      detail: { endpoint: { intendedConfig: release.config, servedConfig: champion } },
      execution: { status: 'SUCCEEDED' },
      notice: {
        subject: 'Signalbox: flight-delay ROLLED_BACK',
        message: expect.stringContaining(`serves ${champion}; meant was ${release.config}`),
      },
    });
    expect(story.lastState('release')).toBe('Release was rolled back');
    const after = await story.serving();
    expect(after).toEqual({
      ...before,
      endpoint: { ...before.endpoint, modifiedAt: after.endpoint!.modifiedAt },
    });
    const { [champion]: well, [release.config]: faulty } = story.traffic();
    expect(well!.errors).toBe(0);
    expect(faulty!.errors).toBeGreaterThan(0);
    // One instance of four, and only for some minutes.
    expect(faulty!.requests).toBeLessThan(well!.requests / 4);
  });

  test('is rolled back for being slow as well', async () => {
    const { story } = await openWithChampion();

    story.play({ fleet: () => ({ requestsPerMinute: 600, latencyMs: 900 }) });
    await story.start({ pipeline: 'flight-delay', overrides: { deploy: { alarms: { p99LatencyMs: 500 } } } });
    const release = await story.released();

    expect(release.outcome).toBe('ROLLED_BACK');
    expect(release.reasons.join()).toMatch(/-latency rang/);
  });

  test('fails the execution when the request wants nothing but live', async () => {
    const { story, champion } = await openWithChampion();

    story.play(faultyBeside(champion));
    await story.start({ pipeline: 'flight-delay', failUnlessLive: true });
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      execution: {
        status: 'FAILED',
        error: 'ReleaseROLLED_BACK',
        cause: expect.stringContaining('-errors rang'),
      },
    });
  });

  test('leaves the way free for a better one', async () => {
    const { story, champion } = await openWithChampion();
    story.play(faultyBeside(champion));
    story.pushImage('faulty');
    await story.released();

    story.play({ fleet: () => ({ requestsPerMinute: 600 }) });
    story.pushImage('repaired');
    const release = await story.released();

    expect(release.outcome).toBe('LIVE');
    expect((await story.served())!.config).toBe(release.config);
    // The watch over the champion takes the champion's alarms away as soon as its successor is proven.
    await story.pass({ minutes: 5 });
    expect(story.alarms()).toHaveLength(2);
  });

  test('is rolled back when it never gets healthy, and no request ever reached it', async () => {
    const { story, champion } = await openWithChampion();

    story.play({ fleet: ({ endpointConfigName }) => ({ healthy: endpointConfigName === champion }) });
    story.pushImage('stillborn');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      reasons: [expect.stringContaining('did not pass the ping health check')],
    });
    expect((await story.served())!.config).toBe(champion);
    expect(story.traffic()).not.toHaveProperty([release.config]);
  });
});

describe('an endpoint', () => {
  test('that returns to its old config without an alarm is told as rolled back', async () => {
    const { story, champion } = await openWithChampion();
    const before = await story.serving();

    story.play({ endpointUpdate: () => 'return-to-old-config' });
    story.upload('2001-03.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      reasons: ['SageMaker returned to the old config without an alarm and without a reason.'],
      detail: { endpoint: { servedConfig: champion } },
    });
    expect(await story.serving()).toMatchObject({
      configs: before.configs,
      models: before.models,
      alarms: before.alarms,
    });
  });

  test('that an update has broken is told at once, and nothing is cleared away before somebody has looked', async () => {
    const { story } = await openWithChampion();

    story.play({ endpointUpdate: () => 'fail' });
    story.upload('2001-03.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('The endpoint is Failed')],
      detail: { failure: { error: 'EndpointBrokenError' } },
      notice: { message: expect.stringContaining('Who can act: On call, now') },
    });
    expect(story.lastState('deploy')).toBe('Deployment is unclear');
    expect((await story.serving()).configs).toContain(release.config);
  });

  test('that somebody changed after the plan is left as it is', async () => {
    const { story, champion } = await openWithChampion();
    story.upload('2001-03.json');
    await story.world.clock.runUntil(() => story.executions('train').length === 2, 3_600_000);
    await story.ask('CreateEndpointConfig', {
      EndpointConfigName: 'by-hand',
      ProductionVariants: [
        { VariantName: 'main', ModelName: champion, InstanceType: 'ml.c5.large', InitialInstanceCount: 4 },
      ],
    });
    await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName: 'by-hand' });

    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining(`on by-hand; this release was planned against ${champion}`)],
      detail: { failure: { error: 'EndpointChangedError' }, endpoint: { servedConfig: 'by-hand' } },
      execution: { error: 'EndpointChangedError' },
      notice: { message: expect.stringContaining('Endpoint flight-delay serves by-hand;') },
    });
    expect(await story.serving()).toMatchObject({
      endpoint: { status: 'InService', config: 'by-hand' },
      configs: ['by-hand', champion],
      models: [champion],
    });
    expect(story.called(/^UpdateEndpoint$/)).toEqual([]);
  });

  test('that was scaled in after the plan keeps its champion, for no canary is possible', async () => {
    const { story, champion } = await openWithChampion();
    story.upload('2001-03.json');
    await story.world.clock.runUntil(() => story.executions('train').length === 2, 3_600_000);
    await story.ask('UpdateEndpointWeightsAndCapacities', {
      EndpointName: ENDPOINT,
      DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 1 }],
    });

    const release = await story.released();

    expect(release.detail.failure).toMatchObject({
      error: 'TooFewInstancesError',
      cause: expect.stringContaining('runs on 1 instances now and the shift needs 4'),
    });
    expect((await story.served())!.config).toBe(champion);
  });
});

describe('a first deployment that does not come to an end', () => {
  test('is told as stuck after its deadline, and left for a person to look at', async () => {
    const story = await openStory({ provisioning: { fleetSeconds: 30 * 24 * 3600 } });

    story.upload('2001-02.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('The endpoint is still Creating after the deadline')],
      detail: { failure: { error: 'EndpointStuckError' } },
      notice: { message: expect.stringContaining('Who can act: On call') },
    });
    expect(await story.serving()).toMatchObject({
      endpoint: { status: 'Creating' },
      configs: [release.config],
      models: [release.config],
    });
    // However long the wait, the rounds are few.
    expect(release.transitions).toBeLessThan(110);
  });
});

describe('a first deployment whose fleet never gets healthy', () => {
  test('fails with SageMaker’s reason and frees the endpoint’s name for a later one', async () => {
    const story = await openStory({ fleet: () => ({ healthy: false }) });

    story.upload('2001-02.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('did not pass the ping health check')],
      detail: {
        failure: { error: 'EndpointFailedError', state: 'Create the endpoint' },
        endpoint: { servedConfig: '' },
      },
      notice: { message: expect.stringContaining('Endpoint flight-delay serves nothing;') },
    });
    await story.pass({ minutes: 1 });
    expect(await story.serving()).toEqual({ endpoint: undefined, configs: [], models: [], alarms: [] });

    story.play({ fleet: () => ({}) });
    const repaired = await story.liveRelease();
    expect(repaired.states('deploy')).toContain('Create the endpoint');
  });
});
