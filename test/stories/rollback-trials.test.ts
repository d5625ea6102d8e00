import { openWithLive, request, rollsBack, setTurn, turnOf } from './support/rollbacks.ts';
import { ENDPOINT, type Story } from './support/story.ts';
import { test } from './support/test.ts';

describe('a rollback from a release on trial', () => {
  test('takes it for the release, and brings what was proven last back without a deployment config', async () => {
    const { story, live } = await openWithLive(2);
    await serve(story, 'next-r0-trial', [live[1]!.config, live[0]!.config], [0, 1]);

    const { answer } = await rollsBack(story, { ...request, from: 'next-r0' });

    expect(answer).toMatchObject({ outcome: 'LIVE', from: 'next-r0-trial', to: live[1]!.config });
    expect(await story.served()).toMatchObject({ status: 'InService', config: live[1]!.config });
    expect(lastUpdate(story)).toMatchObject({
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredWeight' }],
    });
    expect(lastUpdate(story)).not.toHaveProperty('DeploymentConfig');
    // The live weight 0 of the trial's champion was not carried over.
    const { ProductionVariants } = await story.ask<{ ProductionVariants: { CurrentWeight: number }[] }>(
      'DescribeEndpoint',
      { EndpointName: ENDPOINT },
    );
    expect(ProductionVariants).toMatchObject([{ CurrentWeight: 1 }]);
  });

  test('for somebody who holds the turn and has marked it', async () => {
    const { story, live } = await openWithLive(2);
    await serve(story, 'next-r0-trial', [live[1]!.config, live[0]!.config], [1, 0]);
    await setTurn(story, 'SET holder = :me, shifting = :next', {
      ':me': { S: 'me' },
      ':next': { S: 'next-r0' },
    });
    const fence = Number(turnOf(story).fence);

    const { answer } = await rollsBack(story, {
      ...request,
      from: 'next-r0',
      holds: { holder: 'me', fence },
    });

    expect(answer).toMatchObject({ outcome: 'LIVE', servedConfig: live[1]!.config, fence: fence + 1 });
    expect(turnOf(story)).toMatchObject({ holder: 'me', live: live[1]!.config });
    expect(turnOf(story)).not.toHaveProperty('shifting');
  });

  test('leaves a trial alone that is not the one it names', async () => {
    const { story, live } = await openWithLive(2);
    await serve(story, 'next-r0-trial', [live[1]!.config, live[0]!.config], [1, 0]);

    const { answer } = await rollsBack(story, { ...request, from: live[1]!.config });

    expect(answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [`next-r0-trial serves, not ${live[1]!.config}.`],
    });
  });
});

test('two fleets that a broken update has left both serving give way to what was proven last', async () => {
  const { story, live } = await openWithLive(2);
  story.play({ endpointUpdate: () => 'rollback-fails' });
  await configOf(story, 'next-r0', [live[0]!.config], [1]);
  await story.ask('UpdateEndpoint', {
    EndpointName: ENDPOINT,
    EndpointConfigName: 'next-r0',
    RetainAllVariantProperties: true,
    DeploymentConfig: {
      RollingUpdatePolicy: {
        MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 50 },
        WaitIntervalInSeconds: 60,
      },
    },
  });
  await story.pass({ hours: 2 });
  expect((await story.served())!.status).toBe('UpdateRollbackFailed');
  story.play({ endpointUpdate: () => 'shift' });

  const { answer } = await rollsBack(story, request);

  expect(answer).toMatchObject({ outcome: 'LIVE', to: live[1]!.config });
  expect(await story.served()).toMatchObject({ status: 'InService', config: live[1]!.config });
});

/** A config with a variant for each model. */
const configOf = (story: Story, name: string, models: readonly string[], weights: readonly number[]) =>
  story.ask('CreateEndpointConfig', {
    EndpointConfigName: name,
    ProductionVariants: models.map((ModelName, index) => ({
      VariantName: index === 0 ? 'main' : 'challenger',
      ModelName,
      InstanceType: 'ml.c5.large',
      InitialInstanceCount: 2,
      InitialVariantWeight: weights[index],
    })),
  });

async function serve(story: Story, name: string, models: readonly string[], weights: readonly number[]) {
  await configOf(story, name, models, weights);
  await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName: name });
  await story.pass({ hours: 1 });
  expect(await story.served()).toMatchObject({ status: 'InService', config: name });
}

const lastUpdate = (story: Story): object =>
  story.calls.findLast(({ operation }) => operation === 'UpdateEndpoint')!.input as object;
