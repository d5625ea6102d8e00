import type { CallFault } from '../../local/faults/faults.ts';
import { phasesOf } from './support/clients.ts';
import { executionsOf, openWithLive } from './support/rollbacks.ts';
import { ENDPOINT } from './support/story.ts';
import { tells, test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';
import {
  asShadow,
  byWeights,
  expectChampionAsBefore,
  expectNothingHeld,
  openTrial,
  startTrial,
  trying,
  variantsOf,
  watchesStep,
} from './support/trials.ts';

/** Every kind of call that the machines of a trial make, with the shift in which it happens. */
const CALLS = [
  ['weights', 'sagemaker', 'DescribeEndpointConfig', '*TrialMachineRole*'],
  ['weights', 'sagemaker', 'CreateEndpointConfig', '*TrialMachineRole*'],
  ['weights', 'sagemaker', 'UpdateEndpoint', '*TrialMachineRole*'],
  ['weights', 'cloudwatch', 'PutMetricAlarm', '*TrialMachineRole*'],
  ['weights', 'dynamodb', 'UpdateItem', '*TrialMachineRole*'],
  ['weights', 'stepfunctions', 'StartExecution', '*TrialMachineRole*'],
  ['weights', 'sagemaker', 'UpdateEndpointWeightsAndCapacities', '*WeightsMachineRole*'],
  ['weights', 'sagemaker', 'DescribeEndpoint', '*WeightsMachineRole*'],
  ['weights', 'cloudwatch', 'DescribeAlarms', '*WeightsMachineRole*'],
  ['weights', 'dynamodb', 'PutItem', '*WeightsMachineRole*'],
  ['weights', 'dynamodb', 'UpdateItem', '*WeightsMachineRole*'],
  ['weights', 'dynamodb', 'DeleteItem', '*WeightsMachineRole*'],
  ['weights', 'stepfunctions', 'StartExecution', '*WeightsMachineRole*'],
  ['shadow', 'sagemaker', 'UpdateEndpoint', '*TrialMachineRole*'],
  ['shadow', 'sagemaker', 'DeleteEndpointConfig', '*TrialMachineRole*'],
  ['shadow', 'cloudwatch', 'DescribeAlarms', '*TrialMachineRole*'],
  ['shadow', 'cloudwatch', 'DeleteAlarms', '*TrialMachineRole*'],
  ['shadow', 'cloudwatch', 'GetMetricData', '*ShadowMachineRole*'],
  ['shadow', 'lambda', 'Invoke', '*ShadowMachineRole*'],
  ['shadow', 'stepfunctions', 'StartExecution', '*ShadowMachineRole*'],
] as const;

test('the calls of a trial are those that go wrong here', async () => {
  const called = new Set<string>();
  for (const shift of [undefined, asShadow]) {
    const { story, arn } = await openTrial(shift && { shift });
    await story.releasedAs(arn);
    for (const { service, operation, caller } of story.calls) {
      const role = /(Trial|Weights|Shadow)MachineRole/.exec(caller.arn)?.[0];
      if (role !== undefined) called.add(`${service} ${operation} ${role}`);
    }
  }

  expect([...called].sort()).toEqual(
    [
      ...new Set(
        CALLS.map(([, service, operation, by]) => `${service} ${operation} ${by.replaceAll('*', '')}`),
      ),
    ].sort(),
  );
});

describe.each(CALLS)('a trial (%s) goes well although of %s %s by %s', (kind, service, operation, by) => {
  const faults: [string, CallFault['kind'] & string][] = [
    ['answers are lost', 'lose-answer'],
    ['calls are made twice', 'twice'],
    ['calls are refused', 'throttle'],
  ];
  globalThis.test.each(faults)('%s', (_what, fault) =>
    tells(async () => {
      const { story, arn, sinceMs } = await openTrial({
        ...(kind === 'shadow' && { shift: asShadow }),
        faults: [1, 2, 4].map((call) => ({ service, operation, by, call, kind: fault }) as CallFault),
      });

      const release = await story.releasedAs(arn);

      expect(story.world.journal.text()).toContain(' fault: ');
      expect(release).toMatchObject({ outcome: 'LIVE', reasons: [] });
      const shares = phasesOf(story, release.config, sinceMs).map(({ share }) => Math.round(share * 100));
      expect(shares).toEqual(kind === 'shadow' ? [0, 25, 100] : [0, 10, 50, 100]);
      expectNothingHeld(story);
    }),
  );
});

describe('a trial ends truthfully', () => {
  test('when SageMaker brings the old weights back by itself', async () => {
    const { story, champion, arn } = await openTrial();
    await watchesStep(story, 1);
    story.play({ endpointUpdate: oncePerStory('return-to-old-config') });

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [
        expect.stringMatching(/The challenger was to get 50 % of the requests, but other weights serve\./),
      ],
    });
    await expectChampionAsBefore(story, champion.config);
  });

  test('when somebody else changes the weights', async () => {
    const { story, champion, arn } = await openTrial();
    await watchesStep(story, 1);
    await story.ask('UpdateEndpointWeightsAndCapacities', {
      EndpointName: ENDPOINT,
      DesiredWeightsAndCapacities: [{ VariantName: 'challenger', DesiredWeight: 900 }],
    });

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('other weights serve')],
    });
    await expectChampionAsBefore(story, champion.config);
  });

  test('when its fleet does not come up', async () => {
    const { story, champion, arn } = await openTrial({ challenger: { healthy: false } });

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringMatching(/SageMaker did not bring .*-trial into service\./)],
    });
    await expectChampionAsBefore(story, champion.config);
  });

  test('when the weights can never be changed', async () => {
    const { story, champion, arn } = await openTrial({
      faults: [{ service: 'sagemaker', operation: 'UpdateEndpointWeightsAndCapacities', kind: 'throttle' }],
    });

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({ outcome: 'FAILED', reasons: [expect.stringContaining('Rate exceeded')] });
    await expectChampionAsBefore(story, champion.config);
  });

  test('when the alarms cannot be seen any more', async () => {
    const { story, champion, arn } = await openTrial();
    await watchesStep(story, 1);
    story.play({
      faults: [
        { service: 'cloudwatch', operation: 'DescribeAlarms', by: '*WeightsMachineRole*', kind: 'throttle' },
      ],
    });

    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('Not all alarms of the trial could be seen.')],
    });
    await expectChampionAsBefore(story, champion.config);
  });

  test('when a named alarm is not OK before it begins', async () => {
    const { story, champion, arn } = await openTrial({ alarms: { named: ['checkout-conversion'] } });

    const release = await story.releasedAs(arn);

    // It was never made.
    expect(release.outcome).toBe('FAILED');
    expect(executionsOf(story, 'weights')).toEqual([]);
    await expectChampionAsBefore(story, champion.config);
  });

  test('when what serves is not one model that could be compared', async () => {
    const { story, live } = await openWithLive(1);
    const [{ config }] = live as [ToldRelease];
    const variant = { ModelName: config, InstanceType: 'ml.c5.large', InitialInstanceCount: 2 };
    await story.ask('CreateEndpointConfig', {
      EndpointConfigName: 'by-hand',
      ProductionVariants: [{ ...variant, VariantName: 'main' }],
      ShadowProductionVariants: [{ ...variant, VariantName: 'copy' }],
    });
    await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName: 'by-hand' });
    await story.pass({ hours: 1 });

    const release = await story.releasedAs(await startTrial(story, { shift: byWeights }));

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining('by-hand is not one model')],
    });
    expect(await story.served()).toMatchObject({ status: 'InService', config: 'by-hand' });
    expectNothingHeld(story);
  });

  test('when the endpoint is deleted in the middle', async () => {
    const { story, arn } = await openTrial();
    await watchesStep(story, 2);
    await story.ask('DeleteEndpoint', { EndpointName: ENDPOINT });

    const release = await story.releasedAs(arn);

    expect(release.outcome).toBe('FAILED');
    expect(release.reasons.join()).toMatch(/The endpoint was on trial with .*-trial and is not to be seen/);
    expect(await story.served()).toBeUndefined();
  });
});

test('an endpoint that autoscaling changes just now is waited for', async () => {
  const { story, arn } = await openTrial({ provisioning: { fleetSeconds: 900 } });
  await watchesStep(story, 2);
  // Still being changed when the step is over.
  await story.pass({ minutes: 7 });
  await story.ask('UpdateEndpointWeightsAndCapacities', {
    EndpointName: ENDPOINT,
    DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 6 }],
  });

  const release: ToldRelease = await story.releasedAs(arn);

  expect(release.outcome).toBe('LIVE');
  expect(await variantsOf(story)).toEqual({ main: 1 });
  expect(trying(story)!.status).toBe('SUCCEEDED');
});

/** What becomes of the next change of the endpoint; later ones go well. */
function oncePerStory(fate: 'return-to-old-config'): () => 'shift' | typeof fate {
  let isOver = false;
  return () => {
    if (isOver) return 'shift';
    isOver = true;
    return fate;
  };
}
