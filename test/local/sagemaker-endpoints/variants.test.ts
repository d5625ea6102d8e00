import { describe, expect, test } from '@jest/globals';
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
