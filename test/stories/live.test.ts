import { ENDPOINT, openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const clients = () => ({ requestsPerMinute: 600 });

describe('a release goes live', () => {
  test('from an upload, on an endpoint that it creates', async () => {
    const story = await openStory();

    story.upload('2001-02.json');
    const release = await story.released();

    const { config } = release;
    expect(config).toContain(release.id);
    expect(release).toMatchObject({
      outcome: 'LIVE',
      reasons: [],
      detail: {
        release: { trigger: { kind: 'data', manifest: { objects: 1 } } },
        endpoint: { name: ENDPOINT, intendedConfig: config, servedConfig: config },
        training: { capacity: 'spot', spotInterruptions: 0, tried: [] },
        verdict: { passed: true, champion: null },
      },
      execution: { status: 'SUCCEEDED' },
      notice: { subject: 'Signalbox: flight-delay LIVE' },
    });
    expect(JSON.parse(release.execution.output!)).toEqual(release.detail);
    expect(story.lastState('release')).toBe('Release is live');
    expect(await story.serving()).toEqual({
      endpoint: { status: 'InService', config, instances: 4, modifiedAt: expect.any(String) },
      configs: [config],
      models: [config],
      alarms: [`signalbox-prod-release-${config}-errors`, `signalbox-prod-release-${config}-latency`],
    });
  });

  test('from a pushed image, on exactly the digest that was pushed', async () => {
    const story = await openStory();

    const digest = story.pushImage('two');
    // Before the release looks, the tag has moved on; of that nobody hears.
    story.play({ event: () => 'drop' });
    story.pushImage('three');
    story.play({ event: () => 'deliver' });
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: { release: { trigger: { kind: 'image', digest } } },
    });
    for (const image of Object.values(release.plan!.images!)) expect(image).toContain(`@${digest}`);
  });

  test('by canary over a champion, whose alarms go with it', async () => {
    const story = await openStory({ fleet: clients });
    const champion = await story.liveRelease();
    await story.pass({ hours: 1 });

    story.upload('2001-03.json');
    const release = await story.released();

    const { config } = release;
    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: {
        verdict: { passed: true, champion: { metrics: { auc: 0.69 } } },
        endpoint: { servedConfig: config },
      },
    });
    // The champion's watch sees that it has gone.
    await story.pass({ minutes: 5 });
    expect(await story.serving()).toMatchObject({
      endpoint: { status: 'InService', config, instances: 4 },
      // The champion's model and config stay: they are the way back.
      configs: [champion.config, config],
      alarms: [`signalbox-prod-release-${config}-errors`, `signalbox-prod-release-${config}-latency`],
    });
    expect(endpointDiary(story)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Baking canary capacity of 1 instance(s)'),
        expect.stringContaining('Baking full capacity of 4 instance(s)'),
      ]),
    );
    expect(failedRequests(story)).toBe(0);
    expect(release.transitions).toBeLessThanOrEqual(95);
  });

  test('all at once, when the request says so', async () => {
    const story = await openStory({ fleet: clients });
    await story.liveRelease();

    await story.start({
      pipeline: 'flight-delay',
      overrides: { deploy: { shift: { type: 'all-at-once' } } },
    });
    const release = await story.released();

    expect(release.outcome).toBe('LIVE');
    expect((await story.served())!.config).toBe(release.config);
    expect(endpointDiary(story).join('\n')).not.toContain('canary');
  });

  test('keeping the instances that autoscaling has reached', async () => {
    const story = await openStory();
    await story.liveRelease();
    await story.ask('UpdateEndpointWeightsAndCapacities', {
      EndpointName: ENDPOINT,
      DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 8 }],
    });
    await story.pass({ hours: 1 });

    await story.liveRelease();

    expect(await story.served()).toMatchObject({ status: 'InService', instances: 8 });
  });

  test('in as many transitions with jobs of twenty hours as with jobs of a minute, and at most 95', async () => {
    const quick = await createAndUpdate(60);
    const slow = await createAndUpdate(20 * 3600);

    expect(slow).toEqual(quick);
    for (const transitions of quick) expect(transitions).toBeLessThanOrEqual(95);
  });
});

/** The transitions of a first release and of one that follows it. */
async function createAndUpdate(seconds: number): Promise<number[]> {
  const story = await openStory({ seconds });
  const limit = 24 * 3600;
  const release = async (): Promise<ToldRelease> => {
    await story.start({
      pipeline: 'flight-delay',
      fresh: true,
      overrides: {
        process: { maxRuntimeSeconds: limit },
        train: { maxRuntimeSeconds: limit, spot: { maxWaitSeconds: 2 * limit } },
        evaluate: { maxRuntimeSeconds: limit },
      },
    });
    const release = await story.released();
    expect(release.outcome).toBe('LIVE');
    expect(release.detail.training!.trainingSeconds).toBeGreaterThanOrEqual(seconds);
    return release;
  };
  return [(await release()).transitions, (await release()).transitions];
}

const endpointDiary = ({ world }: Story): string[] =>
  world.journal.entries
    .filter(({ subject }) => subject === `sagemaker/endpoint/${ENDPOINT}`)
    .map(({ what }) => what);

const failedRequests = (story: Story): number =>
  Object.values(story.traffic()).reduce((sum, { errors }) => sum + errors, 0);
