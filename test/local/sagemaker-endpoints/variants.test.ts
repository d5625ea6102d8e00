import { describe, expect, test } from '@jest/globals';
import { config, metric, requestsSince, variant } from './hosting-variants.ts';
import { canary, HostingWorld } from './hosting-world.ts';

const MINUTE_MS = 60_000;

test('an update without guardrails may bring a second variant and take one away', async () => {
  const hosting = await HostingWorld.twoReleases({ scenario: { fleet: () => ({ requestsPerMinute: 90 }) } });
  const variant = (name: string, release: string, weight: number) => ({
    VariantName: name,
    ModelName: release,
    InstanceType: 'ml.c5.large',
    InitialInstanceCount: 2,
    InitialVariantWeight: weight,
  });
  await hosting.call('CreateEndpointConfig', {
    EndpointConfigName: 'two',
    ProductionVariants: [variant('main', 'r1', 2), variant('challenger', 'r2', 1)],
  });
  await hosting.call('CreateEndpointConfig', {
    EndpointConfigName: 'challenger',
    ProductionVariants: [variant('challenger', 'r2', 1)],
  });

  await hosting.update('two');
  expect((await hosting.settled()).ProductionVariants).toHaveLength(2);
  await expect(hosting.update('challenger', canary())).rejects.toThrow('must be those of endpoint');
  await hosting.update('challenger');

  const endpoint = await hosting.settled();
  expect(endpoint.ProductionVariants).toMatchObject([{ VariantName: 'challenger', CurrentInstanceCount: 2 }]);
  const fromMs = hosting.world.clock.now();
  await hosting.world.clock.advance(5 * MINUTE_MS);
  expect(hosting.shareOf('challenger', fromMs + MINUTE_MS)).toBe(1);
});

describe('a change of weights', () => {
  test('that SageMaker cannot make is rolled back under a status of its own', async () => {
    const hosting = await HostingWorld.open({
      scenario: { endpointUpdate: () => 'return-to-old-config' },
    });
    await hosting.live('r1');

    await hosting.call('UpdateEndpointWeightsAndCapacities', {
      EndpointName: 'flights',
      DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 9 }],
    });
    const endpoint = await hosting.settled();

    expect(endpoint.ProductionVariants).toMatchObject([{ CurrentInstanceCount: 4, DesiredInstanceCount: 4 }]);
    const statuses = hosting.events
      .filter(({ detailType }) => detailType === 'SageMaker Endpoint State Change')
      .map(({ detail }) => detail.EndpointStatus);
    expect(statuses.slice(-3)).toEqual(['UPDATING', 'ROLLING_BACK', 'IN_SERVICE']);
  });

  test('names variants that are there, each once: ValidationException', async () => {
    const hosting = await HostingWorld.twoReleases();

    for (const wishes of [
      [{ VariantName: 'nobody', DesiredWeight: 1 }],
      [
        { VariantName: 'main', DesiredWeight: 1 },
        { VariantName: 'main', DesiredWeight: 2 },
      ],
      [{ VariantName: 'main', DesiredInstanceCount: 0 }],
    ]) {
      await expect(
        hosting.call('UpdateEndpointWeightsAndCapacities', {
          EndpointName: 'flights',
          DesiredWeightsAndCapacities: wishes,
        }),
      ).rejects.toMatchObject({ code: 'ValidationException' });
    }
  });
});

test('endpoints are listed by status', async () => {
  const hosting = await HostingWorld.twoReleases();
  await hosting.update('r2', canary());
  const names = async (input: object) =>
    (await hosting.call('ListEndpoints', input)).Endpoints.map(
      ({ EndpointName, EndpointStatus }: Record<string, string>) => [EndpointName, EndpointStatus],
    );

  expect(await names({ StatusEquals: 'Updating' })).toEqual([['flights', 'Updating']]);
  expect(await names({ StatusEquals: 'InService' })).toEqual([]);
  expect(await names({ NameContains: 'light' })).toHaveLength(1);
});

describe('two variants that answer', () => {
  const TRAFFIC = { scenario: { fleet: () => ({ requestsPerMinute: 120 }) } };

  /** `trial` serves: the champion's model has all the weight, the challenger none. */
  async function tried(): Promise<HostingWorld> {
    const hosting = await HostingWorld.twoReleases(TRAFFIC);
    await config(hosting, 'trial', [variant('main', 'r1', 1), variant('challenger', 'r2', 0)]);
    await hosting.update('trial', undefined, { RetainAllVariantProperties: true });
    await hosting.settled();
    return hosting;
  }

  const weigh = async (hosting: HostingWorld, main: number, challenger: number) => {
    await hosting.call('UpdateEndpointWeightsAndCapacities', {
      EndpointName: 'flights',
      DesiredWeightsAndCapacities: [
        { VariantName: 'main', DesiredWeight: main },
        { VariantName: 'challenger', DesiredWeight: challenger },
      ],
    });
    return hosting.settled();
  };

  test('keep what a live variant of the same name has reached; a new one begins as its config says', async () => {
    const hosting = await tried();

    expect((await hosting.describe()).ProductionVariants).toMatchObject([
      { VariantName: 'main', CurrentInstanceCount: 4, CurrentWeight: 1 },
      { VariantName: 'challenger', CurrentInstanceCount: 2, CurrentWeight: 0 },
    ]);
  });

  test('share the requests exactly by weight over the sum of weights, down to none and up to all', async () => {
    const hosting = await tried();
    for (const [main, challenger, share] of [
      [1, 0, 0],
      [0.9, 0.1, 0.1],
      [1, 1, 0.5],
      [3, 9, 0.75],
      [0, 1, 1],
    ] as const) {
      const endpoint = await weigh(hosting, main, challenger);
      expect(endpoint.ProductionVariants).toMatchObject([
        { CurrentWeight: main, DesiredWeight: main },
        { CurrentWeight: challenger, DesiredWeight: challenger },
      ]);
      await hosting.world.clock.advance(MINUTE_MS - 10_000);
      const fromMs = hosting.world.clock.now();
      await hosting.world.clock.advance(10 * MINUTE_MS);
      const { 'trial/main': champion = 0, 'trial/challenger': other = 0 } = requestsSince(hosting, fromMs);
      expect([champion, other]).toEqual([1200 * (1 - share), 1200 * share]);
    }
  });

  test('lose no request on the way to the challenger alone, and are measured apart with the config too', async () => {
    const hosting = await tried();
    await weigh(hosting, 1, 1);
    await weigh(hosting, 0, 1);
    await config(hosting, 'alone', [variant('main', 'r2', 1, 4)]);
    await hosting.world.clock.advance(MINUTE_MS - 20_000);

    const fromMs = hosting.world.clock.now();
    await hosting.update('alone', undefined, {
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredWeight' }],
    });
    const endpoint = await hosting.settled();
    await hosting.world.clock.advance(10 * MINUTE_MS);

    expect(endpoint.ProductionVariants).toMatchObject([{ CurrentWeight: 1, CurrentInstanceCount: 4 }]);
    const counts = requestsSince(hosting, fromMs);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(13 * 120);
    expect(counts).not.toHaveProperty(['trial/main']);
    expect(await metric(hosting, fromMs, 'challenger', 'Invocations', 'Sum', 'trial')).toBe(
      (await metric(hosting, fromMs, 'challenger', 'Invocations', 'Sum'))!,
    );
  });

  test('a live weight of 0 that is retained leaves a lone variant without requests', async () => {
    const hosting = await tried();
    await weigh(hosting, 0, 1);

    await hosting.update('r2', undefined, { RetainAllVariantProperties: true });
    await hosting.settled();

    await expect(
      hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}' }),
    ).rejects.toMatchObject({ code: 'ValidationError' });
  });

  test('of weight 0 still answers whoever names it', async () => {
    const hosting = await tried();

    const answer = await hosting.call('InvokeEndpoint', {
      EndpointName: 'flights',
      Body: '{}',
      TargetVariant: 'challenger',
    });

    expect(answer.InvokedProductionVariant).toBe('challenger');
  });

  test('share real requests to within two in a hundred', async () => {
    const hosting = await tried();
    await weigh(hosting, 3, 1);
    const fromMs = hosting.world.clock.now() + 1000;
    await hosting.world.clock.advance(1000);

    for (let request = 0; request < 100; request += 1)
      await hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}' });

    const { 'trial/challenger': other } = requestsSince(hosting, fromMs);
    expect(Math.abs(other! - 25)).toBeLessThanOrEqual(2);
  });
});
