import { following } from './support/following.ts';
import { live, planned } from './support/requests.ts';

/** The deployment that a shift plans, beside a champion of four instances. */
const deployment = (shift: object, others: object = {}) =>
  planned({ live: live() }, { pipeline: 'flight-delay', overrides: { deploy: { shift, ...others } } }).deploy;

describe('a shift becomes SageMaker’s own', () => {
  test('canary: some whole instances, a bake, the rest', () => {
    expect(deployment({ type: 'canary', percent: 50, bakeSeconds: 900 }).deploymentConfig).toEqual({
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: {
          Type: 'CANARY',
          CanarySize: { Type: 'CAPACITY_PERCENT', Value: 50 },
          WaitIntervalInSeconds: 900,
        },
        TerminationWaitInSeconds: 120,
        MaximumExecutionTimeoutInSeconds: 900 + 120 + 3600,
      },
    });
  });

  test('linear: equal steps, each of them watched', () => {
    expect(
      deployment({ type: 'linear', stepPercent: 25, intervalSeconds: 240, terminationWaitSeconds: 60 })
        .deploymentConfig,
    ).toEqual({
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: {
          Type: 'LINEAR',
          LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 25 },
          WaitIntervalInSeconds: 240,
        },
        TerminationWaitInSeconds: 60,
        MaximumExecutionTimeoutInSeconds: 4 * 240 + 60 + 3600,
      },
    });
  });

  test('all-at-once: the old fleet is kept for the bake', () => {
    expect(deployment({ type: 'all-at-once' }).deploymentConfig).toEqual({
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 },
        TerminationWaitInSeconds: 720,
        MaximumExecutionTimeoutInSeconds: 720 + 3600,
      },
    });
  });

  test('rolling: batch by batch, and back all at once', () => {
    expect(deployment({ type: 'rolling', intervalSeconds: 240 }).deploymentConfig).toEqual({
      RollingUpdatePolicy: {
        MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 25 },
        WaitIntervalInSeconds: 240,
        MaximumExecutionTimeoutInSeconds: 4 * 240 + 4 * 4 * 900,
        RollbackMaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 100 },
      },
    });
  });

  test('weights: no guardrails, for two variants become one; steps of our own up to all requests', () => {
    const { deploymentConfig, trial, minimumInstances } = deployment({
      type: 'weights',
      steps: [5, 40],
      intervalSeconds: 600,
      instances: 2,
    });

    expect(deploymentConfig).toBeNull();
    expect(minimumInstances).toBe(1);
    expect(trial).toEqual({
      kind: 'weights',
      instanceCount: 2,
      expectedSeconds: 900 + 3 * 720,
      steps: [
        { percent: 5, seconds: 600 },
        { percent: 40, seconds: 600 },
        { percent: 100, seconds: 600 },
      ],
      percent: 0,
      seconds: 0,
      limits: null,
    });
  });

  test('weights that name the last step do not make it twice', () => {
    const { trial } = deployment({ type: 'weights', steps: [50, 100] });

    expect(trial!.steps.map(({ percent }) => percent)).toEqual([50, 100]);
  });

  test('shadow: a comparison first, then the shift that is named', () => {
    const { deploymentConfig, trial, shiftType } = deployment({
      type: 'shadow',
      seconds: 7200,
      compare: { atLeastRequests: 1000 },
      ...following({ type: 'rolling', batchPercent: 50 }),
    });

    expect(shiftType).toBe('shadow');
    expect(deploymentConfig).toMatchObject({ RollingUpdatePolicy: { MaximumBatchSize: { Value: 50 } } });
    expect(trial).toEqual({
      kind: 'shadow',
      instanceCount: 4,
      expectedSeconds: 7200 + 1800,
      steps: [],
      percent: 100,
      seconds: 7200,
      limits: { atLeastRequests: 1000, errorRateMayRiseBy: 0.5, p99LatencyMayRiseByPercent: 20 },
    });
  });
});

test('shadow before weights: one trial that plans both', () => {
  const { deploymentConfig, trial } = deployment({
    type: 'shadow',
    instances: 1,
    ...following({ type: 'weights', steps: [20], intervalSeconds: 300 }),
  });

  expect(deploymentConfig).toBeNull();
  expect(trial).toMatchObject({
    kind: 'shadow',
    instanceCount: 1,
    expectedSeconds: 3600 + 1800 + 900 + 2 * 420,
    steps: [
      { percent: 20, seconds: 300 },
      { percent: 100, seconds: 300 },
    ],
  });
});

describe('the instances that a shift needs', () => {
  test.each([
    [{ type: 'canary', percent: 25 }, 4],
    [{ type: 'canary', percent: 50 }, 2],
    [{ type: 'canary', instances: 2 }, 4],
    [{ type: 'linear', stepPercent: 30 }, 4],
    [{ type: 'rolling', batchPercent: 50 }, 2],
    [{ type: 'all-at-once' }, 1],
  ])('%j: at least %i live ones', (shift, least) => {
    expect(deployment(shift).minimumInstances).toBe(least);
  });
});

test('a trial is planned even where nothing serves yet, for another release may go live before this one', () => {
  const overrides = { deploy: { shift: { type: 'weights' } } };
  const { mode, trial } = planned({}, { pipeline: 'flight-delay', overrides }).deploy;

  expect({ mode, kind: trial!.kind }).toEqual({ mode: 'create', kind: 'weights' });
});

test.each([
  { type: 'weights' },
  { type: 'shadow', seconds: 604_800 },
  {
    type: 'shadow',
    seconds: 604_800,
    ...following({ type: 'weights', steps: [50], intervalSeconds: 86_400 }),
  },
])(
  'the deadlines of a deployment cover its longest trial and fit into an execution, also in a queue: %j',
  (written) => {
    const steps = { steps: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], intervalSeconds: 86_400 };
    const shift = { ...written, ...(written.type === 'weights' && steps) };
    const { trial, turnSeconds, timeoutSeconds, deadlineSeconds } = planned(
      { live: live() },
      { pipeline: 'flight-delay', overrides: { policy: 'queue', deploy: { shift } } },
    ).deploy;

    expect(trial!.expectedSeconds).toBeGreaterThan(604_800);
    expect(turnSeconds).toBeGreaterThan(15 * (trial!.expectedSeconds + 3 * deadlineSeconds));
    expect(timeoutSeconds).toBeGreaterThan(turnSeconds + trial!.expectedSeconds + 3 * deadlineSeconds);
    expect(timeoutSeconds).toBeLessThanOrEqual(365 * 86_400);
  },
);

test('an override that names a type replaces the shift; one that names none is merged into it', () => {
  expect(deployment({ type: 'linear' }).deploymentConfig).toMatchObject({
    BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'LINEAR' } },
  });
  expect(deployment({ bakeSeconds: 900 }).deploymentConfig).toMatchObject({
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: { CanarySize: { Value: 25 }, WaitIntervalInSeconds: 900 },
    },
  });
});
