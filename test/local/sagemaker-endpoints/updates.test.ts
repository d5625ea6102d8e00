import { canary, HostingWorld, START_MS } from './hosting-world.ts';

const MINUTE_MS = 60_000;

describe('an endpoint that is created', () => {
  test('is in service when its fleet answers, and says so in SageMaker’s odd casing', async () => {
    const hosting = await HostingWorld.open();

    await hosting.live('r1');

    const endpoint = await hosting.describe();
    expect(endpoint).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'r1' });
    expect(endpoint).not.toHaveProperty('PendingDeploymentSummary');
    expect(hosting.world.clock.now() - START_MS).toBe(3 * MINUTE_MS);
    const statuses = hosting.events
      .filter(({ detailType }) => detailType === 'SageMaker Endpoint State Change')
      .map(({ detail }) => detail.EndpointStatus);
    expect(statuses).toEqual(['CREATING', 'IN_SERVICE']);
  });

  test('fails for good when /ping is never answered, and only deleting it frees the name', async () => {
    const hosting = await HostingWorld.open({ scenario: { fleet: () => ({ healthy: false }) } });

    await hosting.live('r1');

    const endpoint = await hosting.describe();
    expect(endpoint.EndpointStatus).toBe('Failed');
    expect(endpoint.FailureReason).toMatch(
      /^The primary container for production variant main did not pass the ping/,
    );
    expect(hosting.world.clock.now() - START_MS).toBe((180 + 240) * 1000);
    await expect(hosting.update('r1')).rejects.toMatchObject({ code: 'ValidationException' });
    await hosting.call('DeleteEndpoint', { EndpointName: 'flights' });
    await hosting.world.clock.advance(MINUTE_MS);
    await expect(hosting.describe()).rejects.toThrow(
      'Could not find endpoint "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/flights".',
    );
  });
});

describe('a guarded update', () => {
  test('goes live by canary: a quarter of the requests first, the old fleet kept until the last wait is over', async () => {
    const hosting = await HostingWorld.open({ scenario: { fleet: () => ({ requestsPerMinute: 100 }) } });
    await hosting.live('r1');
    await hosting.release('r2');
    const alarm = await hosting.alarm('r2');

    await hosting.update('r2', canary(alarm));

    expect(await hosting.describe()).toMatchObject({
      EndpointStatus: 'Updating',
      EndpointConfigName: 'r1',
      PendingDeploymentSummary: {
        EndpointConfigName: 'r2',
        ProductionVariants: [{ VariantStatus: [{ Status: 'Creating' }] }],
      },
    });
    await hosting.world.clock.advance(8 * MINUTE_MS);
    expect(await hosting.describe()).toMatchObject({
      EndpointStatus: 'Updating',
      PendingDeploymentSummary: {
        ProductionVariants: [{ CurrentInstanceCount: 1, VariantStatus: [{ Status: 'Baking' }] }],
      },
    });
    const baking = hosting.world.sagemaker.endpoints
      .traffic('flights')
      .filter(({ atMs }) => atMs >= START_MS + 7 * MINUTE_MS);
    expect(baking.filter(({ fleet }) => fleet === 'r1').every(({ requests }) => requests === 75)).toBe(true);
    expect(baking.filter(({ fleet }) => fleet === 'r2').every(({ requests }) => requests === 25)).toBe(true);

    const done = await hosting.settled();

    expect(done).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'r2',
      LastDeploymentConfig: canary(alarm),
    });
    expect(done).not.toHaveProperty('FailureReason');
    expect(hosting.world.clock.now() - START_MS).toBe((180 + 180 + 600 + 300) * 1000);
  });

  test('returns to exactly the old config when its alarm rings, and no request of the old fleet has failed', async () => {
    const hosting = await HostingWorld.open({
      scenario: {
        fleet: ({ endpointConfigName }) => ({
          requestsPerMinute: 120,
          errorShare: endpointConfigName === 'r2' ? 0.2 : 0,
        }),
      },
    });
    await hosting.live('r1');
    await hosting.release('r2');
    const alarm = await hosting.alarm('r2');

    await hosting.update('r2', canary(alarm));
    const endpoint = await hosting.settled();

    expect(endpoint).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'r1',
      FailureReason: `The deployment was rolled back because alarm ${alarm} is in ALARM state.`,
      ProductionVariants: [{ VariantName: 'main', CurrentInstanceCount: 4, DesiredInstanceCount: 4 }],
    });
    expect(endpoint).not.toHaveProperty('PendingDeploymentSummary');
    await hosting.world.clock.advance(5 * MINUTE_MS);
    const rows = hosting.world.sagemaker.endpoints.traffic('flights');
    const failedOn = (fleet: string) =>
      rows.filter((row) => row.fleet === fleet).reduce((sum, row) => sum + row.errors, 0);
    expect(failedOn('r1')).toBe(0);
    expect(failedOn('r2')).toBeGreaterThan(0);
    expect(rows.at(-1)).toMatchObject({ fleet: 'r1', requests: 120 });
  });

  test('is undone by an alarm that only rings in the termination wait', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');
    await hosting.release('r2');
    const alarm = await hosting.alarm('r2');
    await hosting.update('r2', canary(alarm));
    await hosting.world.clock.advance(14 * MINUTE_MS);

    await hosting.call('SetAlarmState', {
      AlarmName: alarm,
      StateValue: 'ALARM',
      StateReason: 'a person saw something',
    });

    expect(await hosting.settled()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'r1' });
  });

  test('is undone when it takes longer than it may', async () => {
    const hosting = await HostingWorld.open({ scenario: { provisioning: { fleetSeconds: 900 } } });
    await hosting.live('r1');
    await hosting.release('r2');
    const { BlueGreenUpdatePolicy: policy } = canary();

    await hosting.update('r2', {
      BlueGreenUpdatePolicy: { ...policy, MaximumExecutionTimeoutInSeconds: 1000 },
    });

    expect(await hosting.settled()).toMatchObject({
      EndpointConfigName: 'r1',
      FailureReason: expect.stringMatching('maximum execution time of 1000 seconds'),
    });
  });

  test('can end on the old config without any word', async () => {
    const hosting = await HostingWorld.open({ scenario: { endpointUpdate: () => 'return-to-old-config' } });
    await hosting.live('r1');
    await hosting.release('r2');

    await hosting.update('r2', canary());
    const endpoint = await hosting.settled();

    expect(endpoint).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'r1' });
    expect(endpoint).not.toHaveProperty('FailureReason');
  });

  test('returns to the old config when the new container never answers /ping', async () => {
    const hosting = await HostingWorld.open({
      scenario: { fleet: ({ endpointConfigName }) => ({ healthy: endpointConfigName !== 'r2' }) },
    });
    await hosting.live('r1');
    await hosting.release('r2');

    await hosting.update('r2');

    expect(await hosting.settled()).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'r1',
      FailureReason: expect.stringMatching('did not pass the ping health check'),
    });
  });

  test('leaves a failed endpoint when SageMaker breaks down', async () => {
    const hosting = await HostingWorld.open({ scenario: { endpointUpdate: () => 'fail' } });
    await hosting.live('r1');
    await hosting.release('r2');

    await hosting.update('r2');

    expect(await hosting.settled()).toMatchObject({ EndpointStatus: 'Failed' });
    await expect(
      hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}' }),
    ).rejects.toMatchObject({
      code: 'ValidationError',
      message: 'Endpoint flights of account 123456789012 not found.',
    });
  });

  test('shifts step by step when it is linear, and batch by batch when it is rolling', async () => {
    for (const [deployment, minutes] of [
      [
        {
          BlueGreenUpdatePolicy: {
            TrafficRoutingConfiguration: {
              Type: 'LINEAR',
              WaitIntervalInSeconds: 120,
              LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 50 },
            },
          },
        },
        3 + 2,
      ],
      [
        {
          RollingUpdatePolicy: {
            MaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 2 },
            WaitIntervalInSeconds: 60,
          },
        },
        3 + 1 + 3 + 1,
      ],
    ] as const) {
      const hosting = await HostingWorld.open();
      await hosting.live('r1');
      await hosting.release('r2');
      const startMs = hosting.world.clock.now();

      await hosting.update('r2', deployment);

      expect(await hosting.settled()).toMatchObject({ EndpointConfigName: 'r2' });
      expect(hosting.world.clock.now() - startMs).toBe(minutes * MINUTE_MS);
    }
  });

  test('keeps the instance count that was reached, unless told otherwise', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');
    await hosting.call('UpdateEndpointWeightsAndCapacities', {
      EndpointName: 'flights',
      DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 7 }],
    });
    await hosting.settled();
    await hosting.release('r2');
    await hosting.release('r3');

    await hosting.update('r2', undefined, { RetainAllVariantProperties: true });
    const kept = await hosting.settled();
    await hosting.update('r3', undefined, {
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredInstanceCount' }],
    });
    const asConfigured = await hosting.settled();

    expect(kept).toMatchObject({ ProductionVariants: [{ CurrentInstanceCount: 7 }] });
    expect(asConfigured).toMatchObject({ ProductionVariants: [{ CurrentInstanceCount: 4 }] });
  });

  test('writes the same journal twice from the same seed', async () => {
    const play = async (): Promise<string> => {
      const hosting = await HostingWorld.open({
        scenario: { fleet: () => ({ requestsPerMinute: 90, errorShare: 0.03 }) },
      });
      await hosting.live('r1');
      await hosting.release('r2');
      await hosting.update('r2', canary(await hosting.alarm('r2')));
      await hosting.settled();
      return hosting.world.journal.text();
    };

    expect(await play()).toBe(await play());
  });
});
