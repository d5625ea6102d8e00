import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../../../local/service.ts';
import { HostingWorld } from '../sagemaker-endpoints/hosting-world.ts';

const main = {
  ServiceNamespace: 'sagemaker',
  ResourceId: 'endpoint/flights/variant/main',
  ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
};

/** An endpoint of four instances that may have three to eight. */
async function scaled(bounds: object = { MinCapacity: 3, MaxCapacity: 8 }): Promise<HostingWorld> {
  const hosting = await HostingWorld.open();
  await hosting.live('r1');
  await hosting.call('RegisterScalableTarget', { ...main, ...bounds });
  return hosting;
}

const counts = async (hosting: HostingWorld) => {
  await hosting.settled();
  return (await hosting.call('DescribeEndpoint', { EndpointName: 'flights' })).ProductionVariants[0];
};

describe('a scalable target', () => {
  test('is registered, described, changed in part and deregistered', async () => {
    const hosting = await scaled();
    const describeTargets = async () =>
      (await hosting.call('DescribeScalableTargets', { ServiceNamespace: 'sagemaker' })).ScalableTargets;

    const { ScalableTargetARN } = await hosting.call('RegisterScalableTarget', {
      ...main,
      MaxCapacity: 6,
      SuspendedState: { DynamicScalingInSuspended: true },
    });

    expect(await describeTargets()).toEqual([
      expect.objectContaining({
        ...main,
        MinCapacity: 3,
        MaxCapacity: 6,
        ScalableTargetARN,
        SuspendedState: {
          DynamicScalingInSuspended: true,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
      }),
    ]);
    await hosting.call('DeregisterScalableTarget', main);
    expect(await describeTargets()).toEqual([]);
  });

  test('brings a count outside its bounds inside', async () => {
    const hosting = await scaled({ MinCapacity: 6, MaxCapacity: 8 });

    expect(await counts(hosting)).toMatchObject({ CurrentInstanceCount: 6, DesiredInstanceCount: 6 });
  });

  test('is scaled within its bounds only, and not while a direction is suspended', async () => {
    const hosting = await scaled();
    const { applicationAutoscaling } = hosting.world;

    expect(applicationAutoscaling.scale('flights', 'main', 20)).toBe(true);
    expect(await counts(hosting)).toMatchObject({ CurrentInstanceCount: 8 });
    expect(applicationAutoscaling.scale('flights', 'main', 1)).toBe(true);
    expect(await counts(hosting)).toMatchObject({ CurrentInstanceCount: 3 });
    await hosting.call('RegisterScalableTarget', {
      ...main,
      SuspendedState: { DynamicScalingOutSuspended: true },
    });
    expect(applicationAutoscaling.scale('flights', 'main', 5)).toBe(false);
  });

  test('is left alone while its endpoint is updated', async () => {
    const hosting = await scaled();
    await hosting.release('r2');
    await hosting.update('r2', undefined, { RetainAllVariantProperties: true });

    expect(hosting.world.applicationAutoscaling.scale('flights', 'main', 8)).toBe(false);
    expect(await counts(hosting)).toMatchObject({ CurrentInstanceCount: 4 });
  });

  test('gets new bounds at a scheduled moment', async () => {
    const hosting = await scaled();

    await hosting.call('PutScheduledAction', {
      ...main,
      ScheduledActionName: 'evening',
      Schedule: 'at(2026-03-02T18:00:00)',
      ScalableTargetAction: { MinCapacity: 7 },
    });
    await hosting.world.clock.advance(10 * 3_600_000);

    expect(await counts(hosting)).toMatchObject({ CurrentInstanceCount: 7 });
  });

  test.each([
    [
      { ...main, ResourceId: 'endpoint/nobody/variant/main' },
      'Could not find variant "main" of endpoint "nobody".',
    ],
    [{ ...main, ResourceId: 'endpoint/flights' }, 'Unsupported service namespace, resource type or scalable'],
    [{ ...main, MinCapacity: 5, MaxCapacity: 4 }, 'Maximum capacity cannot be less than minimum capacity'],
    [{ ...main, MinCapacity: 0 }, 'Minimum capacity must be at least 1'],
    [
      { ...main, ServiceNamespace: 'sagemakr' },
      'failed to satisfy constraint: Member must satisfy enum value set',
    ],
  ])('is refused: %j', async (input, message) => {
    const hosting = await scaled();

    await expect(hosting.call('RegisterScalableTarget', input)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  test('is not registered while its endpoint is updated', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');
    await hosting.release('r2');
    await hosting.update('r2');

    await expect(
      hosting.call('RegisterScalableTarget', { ...main, MinCapacity: 1, MaxCapacity: 2 }),
    ).rejects.toThrow('Endpoint "flights" is not InService but Updating.');
  });

  test.each([
    [{ Schedule: 'rate(1 day)' }, 'The schedule rate(1 day) is not modelled'],
    [{ Schedule: 'at(tomorrow)' }, 'Invalid schedule expression: at(tomorrow)'],
    [{ Schedule: 'at(2026-03-02T18:00:00)', ScalableTargetAction: {} }, 'ScalableTargetAction needs'],
    [
      { Schedule: 'at(2026-03-02T18:00:00)', ScalableTargetAction: { MinCapacity: 9 } },
      'Maximum capacity cannot be less than minimum capacity',
    ],
  ])('is not scheduled by %j', async (changes, message) => {
    const hosting = await scaled();
    const input = { ...main, ScheduledActionName: 'evening', ScalableTargetAction: { MaxCapacity: 9 } };

    await expect(hosting.call('PutScheduledAction', { ...input, ...changes })).rejects.toThrow(message);
  });

  test('cannot be on burstable instances', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1', { InstanceType: 'ml.t2.medium' });

    await expect(
      hosting.call('RegisterScalableTarget', { ...main, MinCapacity: 1, MaxCapacity: 2 }),
    ).rejects.toThrow('You cannot register a variant with ml.t2.medium instance type as a scalable target.');
  });

  test('that is not registered gets ObjectNotFoundException', async () => {
    const hosting = await HostingWorld.open();
    const words =
      'for service namespace: sagemaker, resource ID: endpoint/flights/variant/main, scalable dimension: sagemaker:variant:DesiredInstanceCount';

    await expect(hosting.call('DeregisterScalableTarget', main)).rejects.toMatchObject({
      code: 'ObjectNotFoundException',
      message: `No scalable target registered ${words}`,
    });
    await expect(hosting.call('DeleteScalingPolicy', { ...main, PolicyName: 'p' })).rejects.toMatchObject({
      code: 'ObjectNotFoundException',
      message: `No scaling policy found ${words}, policy name: p`,
    });
  });
});

describe('a scaling policy', () => {
  const tracking = {
    ...main,
    PolicyName: 'invocations',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 100,
      PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
    },
  };

  test('keeps its ARN when it is put again, and goes with its target', async () => {
    const hosting = await scaled();

    const { PolicyARN } = await hosting.call('PutScalingPolicy', tracking);

    expect(PolicyARN).toMatch(
      /^arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:[0-9a-f-]{36}:resource\/sagemaker\/endpoint\/flights\/variant\/main:policyName\/invocations$/,
    );
    expect((await hosting.call('PutScalingPolicy', tracking)).PolicyARN).toBe(PolicyARN);
    await hosting.call('DeregisterScalableTarget', main);
    await expect(hosting.call('PutScalingPolicy', tracking)).rejects.toMatchObject({
      code: 'ObjectNotFoundException',
    });
  });

  test('of a kind that endpoints do not have is refused', async () => {
    const hosting = await scaled();

    for (const changes of [
      { PolicyType: 'PredictiveScaling' },
      { PolicyType: 'StepScaling' },
      { TargetTrackingScalingPolicyConfiguration: { TargetValue: 1 } },
    ]) {
      await expect(hosting.call('PutScalingPolicy', { ...tracking, ...changes })).rejects.toMatchObject({
        code: 'ValidationException',
      });
    }
  });
});

describe('an endpoint with a scaled variant', () => {
  test('keeps the instance type and the name of that variant; another model is fine', async () => {
    const hosting = await scaled();
    await hosting.release('r2', { InstanceType: 'ml.m5.large' });
    await hosting.release('r3', { VariantName: 'other' });
    await hosting.release('r4');

    for (const config of ['r2', 'r3']) {
      await expect(hosting.update(config)).rejects.toThrow('is registered as a scalable target');
    }
    await hosting.update('r4');
    expect(await hosting.settled()).toMatchObject({ EndpointConfigName: 'r4' });
  });

  test('is deleted together with its targets by who may deregister them, and by nobody else', async () => {
    const hosting = await scaled();
    const { world } = hosting;
    const caller: Caller = { arn: 'arn:aws:iam::123456789012:role/janitor', via: 'function' };
    const allow = (...Action: string[]) => ({
      Statement: [{ Effect: 'Allow', Action, Resource: '*' }] as const,
    });
    const policies = [{ name: 'endpoints', document: allow('sagemaker:*') }];
    world.iam.addRole({ arn: caller.arn, trust: { Statement: [] }, policies, managedPolicyArns: [] });
    const deletion = () => hosting.call('DeleteEndpoint', { EndpointName: 'flights' }, caller);

    await expect(deletion()).rejects.toThrow(
      'does not have application-autoscaling:DeregisterScalableTarget permission to deregister the scalable target.',
    );
    world.iam.attachPolicy(caller.arn, 'scaling', allow('application-autoscaling:DeregisterScalableTarget'));
    await deletion();

    expect(world.applicationAutoscaling.targets.size).toBe(0);
  });
});
