import fc from 'fast-check';
import { requestFaults } from '../../cli/check/aws-faults.ts';
import { planRelease } from '../../functions/plan-release/plan-release.ts';
import { check } from '../../functions/shared/check.ts';
import type { Fault } from '../../functions/shared/faults.ts';
import planContract from '../../functions/shared/generated/schemas/plan.json' with { type: 'json' };
import type { DeploymentConfig } from '../../local/services/sagemaker/endpoints/shapes.ts';
import { trafficPlan } from '../../local/services/sagemaker/endpoints/traffic-plan.ts';
import { following } from './support/following.ts';
import { digest, live, planRequest } from './support/requests.ts';

/** Mostly sensible, for what is refused for one field says nothing of the others. */
const mostly = <T>(sensible: fc.Arbitrary<T>, any: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: sensible }, { weight: 1, arbitrary: any });

const seconds = (max: number) => mostly(fc.integer({ min: 420, max: 1500 }), fc.integer({ min: 0, max }));
const percent = mostly(fc.integer({ min: 10, max: 50 }), fc.integer({ min: 1, max: 100 }));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

/** Fields of each type within what the schema takes, right or wrong together. */
const guarded = fc.oneof(
  fc.record(
    {
      type: fc.constant('canary'),
      percent,
      bakeSeconds: seconds(3600),
      terminationWaitSeconds: seconds(3600),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    { type: fc.constant('canary'), instances: fc.integer({ min: 1, max: 20 }), bakeSeconds: seconds(3600) },
    { requiredKeys: ['type', 'instances'] },
  ),
  fc.record(
    { type: fc.constant('linear'), stepPercent: percent, intervalSeconds: seconds(4000) },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    { type: fc.constant('all-at-once'), bakeSeconds: seconds(3600), terminationWaitSeconds: seconds(3600) },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constant('rolling'),
      batchPercent: percent,
      rollbackBatchPercent: percent,
      intervalSeconds: seconds(4000),
    },
    { requiredKeys: ['type'] },
  ),
);

const weights = fc.record(
  {
    type: fc.constant('weights'),
    steps: mostly(
      fc.uniqueArray(percent, { minLength: 1, maxLength: 10 }).map((steps) => steps.sort((a, b) => a - b)),
      fc.array(percent, { minLength: 1, maxLength: 10 }),
    ),
    intervalSeconds: seconds(86_400),
    instances: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: ['type'] },
);

const shadow = fc
  .tuple(
    fc.record(
      { type: fc.constant('shadow'), percent, seconds: fc.integer({ min: 180, max: 604_800 }) },
      { requiredKeys: ['type'] },
    ),
    maybe(fc.oneof(guarded, weights)),
  )
  .map(([shift, next]) => ({ ...shift, ...(next && following(next)) }));

const limit = maybe(fc.double({ min: 0.01, max: 100, noNaN: true }));
const alarms = fc
  .record({
    errorRatePercent: limit,
    clientErrorRatePercent: limit,
    p50LatencyMs: limit,
    p99OverheadMs: limit,
    cpuPercent: limit,
    memoryPercent: limit,
    gpuPercent: mostly(fc.constant(undefined), limit),
    periods: fc.integer({ min: 1, max: 5 }),
    named: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 }),
  })
  .map((limits) => Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)));

const types = fc.constantFrom(
  'ml.c5.large',
  'ml.m5.xlarge',
  'ml.g4dn.12xlarge',
  'ml.c6g.large',
  'ml.inf1.xlarge',
);

const compile = mostly(
  fc.constantFrom<object | undefined>(
    undefined,
    { framework: 'XGBOOST', target: 'ml_c5' },
    { framework: 'PYTORCH', frameworkVersion: '2.0', input: { input0: [1, 3] }, target: 'ml_c5' },
    {
      framework: 'ONNX',
      input: { x: [1] },
      platform: { os: 'LINUX', arch: 'X86_64' },
      image: 'flight-delay:stable',
    },
  ),
  fc.record(
    {
      framework: fc.constantFrom('XGBOOST', 'PYTORCH', 'ONNX', 'TFLITE'),
      frameworkVersion: fc.constantFrom('2.0', '1.13', '2.9'),
      input: fc.constant({ input0: [1, 3] }),
      target: fc.constantFrom('ml_c5', 'ml_m5', 'ml_g4dn', 'rasp3b'),
      platform: fc.record({ os: fc.constant('LINUX'), arch: fc.constantFrom('X86_64', 'ARM64') }),
      options: fc.constant({ mcpu: 'skylake-avx512' }),
      image: fc.constant('flight-delay:stable'),
    },
    { requiredKeys: ['framework'] },
  ),
);

interface Asked {
  readonly deploy: { readonly shift: object; readonly alarms: object; readonly instances: object };
  readonly compile: object | undefined;
  readonly liveCount: number | undefined;
}

const asked: fc.Arbitrary<Asked> = fc
  .record({
    shift: fc.oneof(guarded, weights, shadow),
    alarms,
    type: types,
    count: mostly(fc.integer({ min: 10, max: 40 }), fc.integer({ min: 1, max: 9 })),
    compile,
    liveCount: maybe(mostly(fc.integer({ min: 10, max: 40 }), fc.integer({ min: 1, max: 9 }))),
  })
  .map(({ shift, alarms: limits, type, count, compile: block, liveCount }) => ({
    deploy: { shift, alarms: limits, instances: { type, count } },
    compile: block,
    liveCount,
  }));

/** The plan, or why there is none. */
function planOf({ deploy, compile: block, liveCount }: Asked) {
  const overrides = { deploy, ...(block && { compile: block }) };
  try {
    const request = planRequest(
      {
        images: [{ reference: 'flight-delay:stable', digest }],
        live: liveCount === undefined ? null : live(liveCount),
      },
      { pipeline: 'flight-delay', overrides },
    );
    return { plan: planRelease(request), request };
  } catch (error) {
    return { faults: (error as { faults?: readonly Fault[] }).faults ?? fail(error) };
  }
}

const fail = (error: unknown): never => {
  throw error;
};

/** How many of each kind were seen, so that no part of it is empty. */
const seen = { planned: 0, refused: 0, trials: 0, rolling: 0, compiled: 0 };

test('what a plan asks is what AWS’s own models take and the local SageMaker does; what is refused is told where', () => {
  fc.assert(
    fc.property(asked, (pipeline) => {
      const { plan, request, faults } = planOf(pipeline);

      if (faults !== undefined) {
        seen.refused += 1;
        expect(faults.length).toBeGreaterThan(0);
        for (const { path, message } of faults) {
          expect(path).toMatch(/^\$\.(overrides\.)?(deploy|compile)/);
          expect(message.length).toBeGreaterThan(10);
        }
        return;
      }

      seen.planned += 1;
      const { deploy } = plan;
      if (deploy.trial !== null) seen.trials += 1;
      if (plan.compile !== null) seen.compiled += 1;
      if (deploy.deploymentConfig?.RollingUpdatePolicy !== undefined) seen.rolling += 1;
      const release = request.release.id;
      expect(requestFaults({ plan, release, pipeline: request.pipeline as never })).toEqual([]);
      expect(check(planContract, structuredClone(plan))).toEqual([]);
      const { steps, isGuarded } = trafficPlan(
        (deploy.deploymentConfig ?? undefined) as DeploymentConfig | undefined,
        [
          {
            name: deploy.variant,
            instanceCount: deploy.instanceCount,
            instanceType: deploy.instanceType,
            isFromMarketplace: false,
          },
        ],
      );
      expect(steps.at(-1)!.instancesOn).toEqual({ [deploy.variant]: deploy.instanceCount });
      if (deploy.deploymentConfig !== null) expect(isGuarded).toBe(true);
    }),
    { numRuns: 1000 },
  );
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
});
