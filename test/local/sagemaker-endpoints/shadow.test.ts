import { config, metric, requestsSince, variant } from './hosting-variants.ts';
import { canary, HostingWorld } from './hosting-world.ts';

const MINUTE_MS = 60_000;

/** `r1` serves 120 requests a minute; `trial` has it answer and `r2` listen to a share of them. */
async function shadowed(weight: number, errorShare = 0): Promise<HostingWorld> {
  const hosting = await HostingWorld.twoReleases({
    scenario: {
      fleet: ({ variantName }) => ({
        requestsPerMinute: 120,
        latencyMs: variantName === 'challenger' ? 80 : 20,
        errorShare: variantName === 'challenger' ? errorShare : 0,
      }),
    },
  });
  await config(hosting, 'trial', [variant('main', 'r1', 1)], variant('challenger', 'r2', weight));
  await hosting.update('trial', undefined, { RetainAllVariantProperties: true });
  return hosting;
}

describe('a shadow variant', () => {
  test('is copied exactly its share of the requests, while the champion goes on answering all of them', async () => {
    const hosting = await shadowed(0.15);
    await hosting.settled();
    const fromMs = hosting.world.clock.now();

    await hosting.world.clock.advance(20 * MINUTE_MS);

    expect(requestsSince(hosting, fromMs)).toEqual({
      'trial/main': 20 * 120,
      'shadow trial/challenger': 20 * 120 * 0.15,
    });
  });

  test('is described beside what answers, pending and in service, and in its config', async () => {
    const hosting = await shadowed(0.5);

    expect(await hosting.describe()).toMatchObject({
      EndpointConfigName: 'r1',
      PendingDeploymentSummary: {
        ProductionVariants: [{ VariantName: 'main', DesiredInstanceCount: 4 }],
        ShadowProductionVariants: [{ VariantName: 'challenger', DesiredInstanceCount: 2 }],
      },
    });
    const endpoint = await hosting.settled();
    expect(endpoint.ProductionVariants).toMatchObject([{ VariantName: 'main', CurrentInstanceCount: 4 }]);
    expect(endpoint.ShadowProductionVariants).toMatchObject([
      { VariantName: 'challenger', CurrentInstanceCount: 2, CurrentWeight: 0.5 },
    ]);
    expect(await hosting.call('DescribeEndpointConfig', { EndpointConfigName: 'trial' })).toMatchObject({
      ShadowProductionVariants: [{ VariantName: 'challenger', ModelName: 'r2', InitialVariantWeight: 0.5 }],
    });
  });

  test('is measured under its own name, with and without the config, and not under the champion’s', async () => {
    const hosting = await shadowed(0.5, 0.1);
    await hosting.settled();
    const fromMs = hosting.world.clock.now();
    await hosting.world.clock.advance(10 * MINUTE_MS);

    for (const configName of [undefined, 'trial']) {
      expect(await metric(hosting, fromMs, 'challenger', 'Invocations', 'Sum', configName)).toBe(600);
      expect(
        await metric(hosting, fromMs, 'challenger', 'Invocation5XXErrors', 'Average', configName),
      ).toBeCloseTo(0.1);
      expect(await metric(hosting, fromMs, 'challenger', 'ModelLatency', 'Average', configName)).toBe(80_000);
      expect(await metric(hosting, fromMs, 'main', 'Invocation5XXErrors', 'Sum', configName)).toBe(0);
    }
    expect(await metric(hosting, fromMs, 'main', 'Invocations', 'Sum', 'trial')).toBe(1200);
  });

  test('is compared by percentiles that GetMetricData tells of both', async () => {
    const hosting = await shadowed(0.5, 0.1);
    await hosting.settled();
    const fromMs = hosting.world.clock.now();
    await hosting.world.clock.advance(10 * MINUTE_MS);
    const query = (Id: string, VariantName: string, MetricName: string, Stat: string) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/SageMaker',
          MetricName,
          Dimensions: [
            { Name: 'EndpointName', Value: 'flights' },
            { Name: 'VariantName', Value: VariantName },
            { Name: 'EndpointConfigName', Value: 'trial' },
          ],
        },
        Period: 600,
        Stat,
      },
    });

    const { MetricDataResults: results } = await hosting.call('GetMetricData', {
      StartTime: new Date(fromMs),
      EndTime: new Date(fromMs + 600_000),
      MetricDataQueries: [
        query('a', 'main', 'ModelLatency', 'p99'),
        query('b', 'challenger', 'ModelLatency', 'p99'),
        query('c', 'challenger', 'Invocations', 'Sum'),
        query('d', 'challenger', 'Invocation4XXErrors', 'Average'),
      ],
    });

    const sums = (id: string) => {
      const { Values } = results.find(({ Id }: { Id: string }) => Id === id);
      return Values.reduce((sum: number, value: number) => sum + value, 0) / (id === 'c' ? 1 : Values.length);
    };
    expect(['a', 'b', 'c', 'd'].map(sums)).toEqual([20_000, 80_000, 600, 0]);
  });

  test('can be listened to more by UpdateEndpointWeightsAndCapacities', async () => {
    const hosting = await shadowed(0.1);
    await hosting.settled();

    await hosting.call('UpdateEndpointWeightsAndCapacities', {
      EndpointName: 'flights',
      DesiredWeightsAndCapacities: [{ VariantName: 'challenger', DesiredWeight: 0.75 }],
    });
    expect(await hosting.settled()).toMatchObject({ ShadowProductionVariants: [{ CurrentWeight: 0.75 }] });

    await hosting.world.clock.advance(MINUTE_MS - 10_000);
    const fromMs = hosting.world.clock.now();
    await hosting.world.clock.advance(MINUTE_MS);
    expect(requestsSince(hosting, fromMs)).toMatchObject({
      'trial/main': 120,
      'shadow trial/challenger': 90,
    });
  });

  test('goes with an update to a config without it, and no request is lost on the way', async () => {
    const hosting = await shadowed(1);
    await hosting.settled();
    const fromMs = hosting.world.clock.now();

    await hosting.update('r1', undefined, { RetainAllVariantProperties: true });
    const endpoint = await hosting.settled();
    const hereMs = hosting.world.clock.now();
    await hosting.world.clock.advance(10 * MINUTE_MS);

    expect(endpoint).not.toHaveProperty('ShadowProductionVariants');
    const seconds = (hosting.world.clock.now() - fromMs) / 1000;
    const { 'trial/main': before = 0, 'r1/main': after = 0 } = requestsSince(hosting, fromMs);
    expect(before + after).toBe(seconds * 2);
    expect(requestsSince(hosting, hereMs)).toEqual({ 'r1/main': 1200 });
  });

  test('that is slow or broken keeps nobody waiting: its answers reach no caller', async () => {
    const heard: string[] = [];
    const hosting = await HostingWorld.twoReleases({
      scenario: {
        fleet: ({ variantName }) => ({
          answer: () => {
            heard.push(variantName);
            const broken = variantName === 'challenger';
            return {
              statusCode: broken ? 500 : 200,
              body: Buffer.from(variantName),
              contentType: 'text/plain',
              latencyMs: broken ? 61_000 : 5,
            };
          },
        }),
      },
    });
    await config(hosting, 'trial', [variant('main', 'r1', 1)], variant('challenger', 'r2', 1));
    await hosting.update('trial');
    await hosting.settled();

    const answer = await hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}' });

    expect(Buffer.from(answer.Body).toString()).toBe('main');
    expect(answer.InvokedProductionVariant).toBe('main');
    expect(heard.sort()).toEqual(['challenger', 'main']);
    await expect(
      hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}', TargetVariant: 'challenger' }),
    ).rejects.toMatchObject({ code: 'ValidationError' });
  });

  test('gets its share of real requests to within two in a hundred', async () => {
    const hosting = await HostingWorld.twoReleases();
    await config(hosting, 'trial', [variant('main', 'r1', 1)], variant('challenger', 'r2', 0.3));
    await hosting.update('trial');
    await hosting.settled();
    const fromMs = hosting.world.clock.now();

    for (let request = 0; request < 100; request += 1)
      await hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}' });

    const { 'shadow trial/challenger': copied } = requestsSince(hosting, fromMs);
    expect(Math.abs(copied! - 30)).toBeLessThanOrEqual(2);
  });
});

describe('a config with shadows is refused', () => {
  test.each([
    ['with two production variants', [variant('main', 'r1', 1), variant('other', 'r1', 1)], 'ml.c5.large'],
    ['with a name twice', [variant('challenger', 'r1', 1)], 'ml.c5.large'],
    ['on Inf1', [variant('main', 'r1', 1)], 'ml.inf1.xlarge'],
  ])('%s', async (_name, answering, InstanceType) => {
    const hosting = await HostingWorld.twoReleases();

    const shadow = { ...variant('challenger', 'r2', 1), InstanceType };

    await expect(config(hosting, 'trial', answering, shadow)).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});

test('a guarded update of a shadowed endpoint must name the same variants', async () => {
  const hosting = await shadowed(0.1);
  await hosting.settled();

  await expect(hosting.update('r2', canary())).rejects.toThrow('must be those of endpoint');
});
