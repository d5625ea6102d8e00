import { AwsError } from '../../local/aws-error.ts';
import { request, rollsBack, turnOf } from './support/rollbacks.ts';
import { challengersAre, inputsOf, openWithClients, releaseWith } from './support/shifts.ts';
import { ENDPOINT } from './support/story.ts';
import { test } from './support/test.ts';

const rolling = { shift: { type: 'rolling', batchPercent: 50, intervalSeconds: 300 } };

describe('a rolling update that SageMaker cannot take back', () => {
  test('is taken back by an update of our own, all at once and without alarms', async () => {
    const { story, champion } = await openWithClients();
    const before = await story.serving();

    story.play({
      endpointUpdate: (_endpoint, config) => (config === champion.config ? 'shift' : 'rollback-fails'),
    });
    const release = await releaseWith(story, rolling);

    expect(release).toMatchObject({
      outcome: 'ROLLED_BACK',
      reasons: [expect.stringContaining('(UpdateRollbackFailed)')],
      detail: { endpoint: { intendedConfig: release.config, servedConfig: champion.config } },
      notice: { subject: 'Signalbox: flight-delay ROLLED_BACK' },
    });
    expect(await story.serving()).toMatchObject({
      endpoint: { status: 'InService', config: champion.config, instances: 4 },
      configs: before.configs,
      models: before.models,
      alarms: before.alarms,
    });
    expect(inputsOf(story, 'UpdateEndpoint').at(-1)).toMatchObject({
      EndpointConfigName: champion.config,
      DeploymentConfig: { BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE' } } },
    });
    expect(
      inputsOf<{ DeploymentConfig: object }>(story, 'UpdateEndpoint').at(-1)!.DeploymentConfig,
    ).not.toHaveProperty('AutoRollbackConfiguration');
    expect(turnOf(story)).toMatchObject({ live: champion.config });
    for (const left of ['holder', 'shifting']) expect(turnOf(story)).not.toHaveProperty(left);
  });

  test('tells the alarm that rang, too', async () => {
    const { story, champion } = await openWithClients();

    challengersAre(story, champion, { errorShare: 1 / 3 });
    story.play({
      endpointUpdate: (_endpoint, config) => (config === champion.config ? 'shift' : 'rollback-fails'),
    });
    const release = await releaseWith(story, {
      shift: { type: 'rolling', batchPercent: 25, intervalSeconds: 600 },
    });

    expect(release.outcome).toBe('ROLLED_BACK');
    expect(release.reasons.join()).toMatch(/-errors rang: .*\(UpdateRollbackFailed\)/);
  });

  test('calls a person when it cannot be taken back at all, and leaves the way back to the champion open', async () => {
    const { story, champion } = await openWithClients();

    story.play({
      endpointUpdate: (_endpoint, config) => (config === champion.config ? 'shift' : 'rollback-fails'),
      fault: ({ operation, input }) =>
        operation === 'UpdateEndpoint' &&
        (input as { EndpointConfigName: string }).EndpointConfigName === champion.config
          ? new AwsError('ResourceLimitExceeded', 'No ml.c5.large is left.')
          : undefined,
    });
    const release = await releaseWith(story, rolling);

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [
        expect.stringMatching(
          /\(UpdateRollbackFailed\)\. What served before could not be brought back: .*No ml.c5.large.*npx signalbox rollback flight-delay, no release can shift\.$/,
        ),
      ],
      detail: { failure: { error: 'EndpointBrokenError' } },
      notice: { message: expect.stringContaining('Who can act: On call, now') },
    });
    expect(story.lastState('deploy')).toBe('Deployment is unclear');
    expect((await story.served())!.status).toBe('UpdateRollbackFailed');
    // Nothing that may be serving was removed, and whoever comes next knows of it.
    expect((await story.serving()).configs).toContain(release.config);
    expect(turnOf(story)).toMatchObject({ live: champion.config, shifting: expect.any(String) });

    const next = await releaseWith(story, rolling);
    expect(next).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('bring one of them back with npx signalbox rollback flight-delay')],
    });

    story.play({ endpointUpdate: () => 'shift', fault: () => undefined });
    const { answer } = await rollsBack(story, request);
    expect(answer).toMatchObject({ outcome: 'LIVE', servedConfig: champion.config });
    expect(await story.served()).toMatchObject({ status: 'InService', config: champion.config });
    for (const left of ['holder', 'shifting']) expect(turnOf(story)).not.toHaveProperty(left);
  });
});

test('a champion that somebody made by hand is brought back like one of our own', async () => {
  const { story, champion } = await openWithClients();
  const by = { EndpointName: ENDPOINT, EndpointConfigName: 'by-hand' };
  await story.ask('CreateEndpointConfig', {
    EndpointConfigName: 'by-hand',
    ProductionVariants: [
      {
        VariantName: 'main',
        ModelName: champion.config,
        InstanceType: 'ml.c5.large',
        InitialInstanceCount: 4,
      },
    ],
  });
  await story.ask('UpdateEndpoint', by);
  await story.pass({ hours: 1 });

  story.play({ endpointUpdate: (_endpoint, config) => (config === 'by-hand' ? 'shift' : 'rollback-fails') });
  const release = await releaseWith(story, rolling);

  expect(release).toMatchObject({
    outcome: 'ROLLED_BACK',
    detail: { endpoint: { servedConfig: 'by-hand' } },
  });
  expect(await story.served()).toMatchObject({ status: 'InService', config: 'by-hand' });
});
