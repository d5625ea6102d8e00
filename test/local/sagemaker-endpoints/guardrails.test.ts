import { describe, expect, test } from '@jest/globals';
import { canary, HostingWorld } from './hosting-world.ts';

const MINUTE_MS = 60_000;

/** Half of the instances at a time, a minute of baking each; back one instance at a time. */
const rolling = (...alarmNames: string[]) => ({
  RollingUpdatePolicy: {
    MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 50 },
    WaitIntervalInSeconds: 60,
    RollbackMaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 1 },
  },
  ...(alarmNames.length > 0
    ? { AutoRollbackConfiguration: { Alarms: alarmNames.map((AlarmName) => ({ AlarmName })) } }
    : {}),
});

const ring = (hosting: HostingWorld, AlarmName: string) =>
  hosting.call('SetAlarmState', { AlarmName, StateValue: 'ALARM', StateReason: 'a drill' });

const deploymentEvents = (hosting: HostingWorld) =>
  hosting.events.filter(({ detailType }) => detailType === 'SageMaker Endpoint Deployment State Change');

/** Instances of the fleet that serves, and of the one that is on its way. */
async function counts(hosting: HostingWorld): Promise<number[]> {
  const endpoint = await hosting.call('DescribeEndpoint', { EndpointName: 'flights' });
  return [endpoint, endpoint.PendingDeploymentSummary].map(
    ({ ProductionVariants }) => ProductionVariants[0].CurrentInstanceCount,
  );
}

describe('a rolling update', () => {
  test('gives old instances back only when their batch has baked', async () => {
    const hosting = await HostingWorld.twoReleases();
    await hosting.update('r2', rolling());

    await hosting.world.clock.advance(3.5 * MINUTE_MS);
    const firstBake = await counts(hosting);
    await hosting.world.clock.advance(1 * MINUTE_MS);
    const secondBatch = await counts(hosting);

    expect(firstBake).toEqual([4, 2]);
    expect(secondBatch).toEqual([2, 2]);
    expect(await hosting.settled()).toMatchObject({ EndpointConfigName: 'r2' });
  });

  test('comes back instance by instance when an alarm rings in its last batch', async () => {
    const hosting = await HostingWorld.twoReleases();
    const alarm = await hosting.alarm('r2');
    await hosting.update('r2', rolling(alarm));
    await hosting.world.clock.advance(7.5 * MINUTE_MS);
    const rangMs = hosting.world.clock.now();

    await ring(hosting, alarm);
    const endpoint = await hosting.settled();

    expect(endpoint).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'r1',
      FailureReason: `The deployment was rolled back because alarm ${alarm} is in ALARM state.`,
      ProductionVariants: [{ CurrentInstanceCount: 4 }],
    });
    // Two instances are missing by then, and each takes three minutes to come.
    expect(hosting.world.clock.now() - rangMs).toBe(6 * MINUTE_MS);
  });

  test('that cannot find its way back leaves both fleets serving until the next update', async () => {
    const hosting = await HostingWorld.twoReleases({
      scenario: {
        fleet: () => ({ requestsPerMinute: 100 }),
        endpointUpdate: (_name, config) => (config === 'r2' ? 'rollback-fails' : 'shift'),
      },
    });
    await hosting.release('r3');
    await hosting.update('r2', rolling());

    expect(await hosting.settled()).toMatchObject({
      EndpointStatus: 'UpdateRollbackFailed',
      EndpointConfigName: 'r1',
    });
    const mixedMs = hosting.world.clock.now();
    await hosting.world.clock.advance(10 * MINUTE_MS);
    expect(hosting.shareOf('r2', mixedMs)).toBeCloseTo(0.5);

    await hosting.update('r3', canary());
    const fromMs = hosting.world.clock.now() + 4 * MINUTE_MS;
    await hosting.world.clock.advance(8 * MINUTE_MS);
    expect(hosting.shareOf('r3', fromMs)).toBeCloseTo(0.25, 1);
    expect(await hosting.settled()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'r3' });
    const curedMs = hosting.world.clock.now();
    await hosting.world.clock.advance(5 * MINUTE_MS);
    expect(hosting.shareOf('r3', curedMs + MINUTE_MS)).toBe(1);
  });
});

describe('an endpoint that guardrails exclude', () => {
  test('moves all at once without baking, hears no alarm and tells no progress', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1', { InstanceType: 'ml.inf1.xlarge' });
    await hosting.release('r2', { InstanceType: 'ml.inf1.xlarge' });
    const alarm = await hosting.alarm('r2');
    const startMs = hosting.world.clock.now();

    await hosting.update('r2', canary(alarm));
    await ring(hosting, alarm);

    expect(await hosting.settled()).toMatchObject({ EndpointConfigName: 'r2' });
    expect(hosting.world.clock.now() - startMs).toBe(3 * MINUTE_MS);
    expect(deploymentEvents(hosting)).toEqual([]);
  });

  test('is one with a container of the Marketplace, too', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');
    await hosting.call('CreateModelPackageGroup', { ModelPackageGroupName: 'bought' });
    const { ModelPackageArn } = await hosting.call('CreateModelPackage', {
      ModelPackageGroupName: 'bought',
      ModelApprovalStatus: 'Approved',
      InferenceSpecification: {
        Containers: [{ Image: 'elsewhere.example/bought:1', ProductId: 'prod-1' }],
        SupportedContentTypes: ['text/csv'],
        SupportedResponseMIMETypes: ['text/csv'],
      },
    });
    await hosting.release('r2', {}, { Image: undefined, ModelPackageName: ModelPackageArn });
    const startMs = hosting.world.clock.now();

    await hosting.update('r2', canary());

    expect(await hosting.settled()).toMatchObject({ EndpointConfigName: 'r2' });
    expect(hosting.world.clock.now() - startMs).toBe(3 * MINUTE_MS);
    expect(deploymentEvents(hosting)).toEqual([]);
  });

  test('is one of several variants for rolling updates', async () => {
    const hosting = await HostingWorld.open();
    const variant = (name: string, release: string) => ({
      VariantName: name,
      ModelName: release,
      InstanceType: 'ml.c5.large',
      InitialInstanceCount: 2,
    });
    for (const release of ['r1', 'r2']) {
      await hosting.release(release);
      await hosting.call('CreateEndpointConfig', {
        EndpointConfigName: `${release}-ab`,
        ProductionVariants: [variant('a', release), variant('b', release)],
      });
    }
    await hosting.call('CreateEndpoint', { EndpointName: 'flights', EndpointConfigName: 'r1-ab' });
    await hosting.settled();
    const startMs = hosting.world.clock.now();

    await hosting.update('r2-ab', rolling());
    await hosting.settled();

    expect(hosting.world.clock.now() - startMs).toBe(3 * MINUTE_MS);
  });
});

describe('a guarded update', () => {
  test('goes back at once when its alarm already rings', async () => {
    const hosting = await HostingWorld.twoReleases();
    const alarm = await hosting.alarm('r2');
    await ring(hosting, alarm);
    const startMs = hosting.world.clock.now();

    await hosting.update('r2', canary(alarm));

    expect(await hosting.settled()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'r1' });
    expect(hosting.world.clock.now()).toBe(startMs);
  });

  test('tells each phase in SageMaker’s odd casing', async () => {
    const hosting = await HostingWorld.twoReleases();

    await hosting.update('r2', canary());
    await hosting.settled();

    const phases = deploymentEvents(hosting).map(({ detail }) => {
      const [variant] = detail.PendingDeploymentSummary.ProductionVariants;
      return [detail.EndpointStatus, detail.EndpointConfigName, variant.VariantStatus[0].Status];
    });
    expect(phases).toEqual(
      ['Creating', 'ActivatingTraffic', 'Baking', 'ActivatingTraffic', 'Baking'].map((status) => [
        'UPDATING',
        'r1',
        status,
      ]),
    );
    expect(deploymentEvents(hosting)[0]!.detail.PendingDeploymentSummary.StartTime).toEqual(
      expect.any(Number),
    );
  });

  test('repeats the deployment configuration that the endpoint was created or last updated with', async () => {
    const hosting = await HostingWorld.open();
    await hosting.release('r1');
    await hosting.release('r2');
    await hosting.call('CreateEndpoint', {
      EndpointName: 'flights',
      EndpointConfigName: 'r1',
      DeploymentConfig: canary(),
    });
    expect(await hosting.settled()).not.toHaveProperty('LastDeploymentConfig');

    await hosting.update('r2', undefined, { RetainDeploymentConfig: true });

    expect(await hosting.settled()).toMatchObject({ LastDeploymentConfig: canary() });
    expect(deploymentEvents(hosting)).toHaveLength(5);
  });

  test('is refused when the old config has been deleted', async () => {
    const hosting = await HostingWorld.twoReleases();
    await hosting.call('DeleteEndpointConfig', { EndpointConfigName: 'r1' });

    await expect(hosting.update('r2', canary())).rejects.toThrow(
      'Could not find endpoint configuration "arn:aws:sagemaker:eu-west-1:123456789012:endpoint-config/r1".',
    );
  });

  test.each([
    ['more than ten alarms', canary(...Array.from({ length: 11 }, (_, index) => `a${index}`))],
    [
      'a wait over an hour',
      { BlueGreenUpdatePolicy: { ...canary().BlueGreenUpdatePolicy, TerminationWaitInSeconds: 3601 } },
    ],
    [
      'a traffic type by another name',
      {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: { Type: 'BLUE_GREEN', WaitIntervalInSeconds: 0 },
        },
      },
    ],
    [
      'all at once without its wait',
      { BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE' } } },
    ],
    ['two policies', { ...canary(), ...rolling() }],
    [
      'a linear step of 5 %',
      {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: 'LINEAR',
            WaitIntervalInSeconds: 60,
            LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 5 },
          },
        },
      },
    ],
  ])('is refused with %s: ValidationException', async (_what, deployment) => {
    const hosting = await HostingWorld.twoReleases();

    await expect(hosting.update('r2', deployment)).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
