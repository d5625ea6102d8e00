import { planRelease } from '../../functions/plan-release/plan-release.ts';
import type { PlanRequest } from '../../functions/shared/generated/contracts.ts';
import { following } from './support/following.ts';
import { live, planRequest } from './support/requests.ts';

const attempt =
  (deploy: object, changes: Partial<PlanRequest> = { live: live() }) =>
  () =>
    planRelease(planRequest(changes, { pipeline: 'flight-delay', overrides: { deploy } }));

/** What serves, with changes of the endpoint and of the package behind it. */
const serving = (endpoint: object, servedPackage: object = {}): Pick<PlanRequest, 'live'> => {
  const served = live();
  return {
    live: {
      endpoint: { ...served.endpoint, ...endpoint },
      package: { ...served.package!, ...servedPackage },
    },
  };
};

const GUARDED = [{ type: 'canary' }, { type: 'linear' }, { type: 'all-at-once' }, { type: 'rolling' }];

describe('an endpoint that guardrails leave out is not shifted by them, for SageMaker would not say so', () => {
  const guardrails = 'SageMaker would move everything at once without baking, hear no alarm and not say so';
  const source = '(SageMaker guide, “Deployment guardrails: Exclusions”): choose weights';

  test.each(GUARDED)('$type on Inf1', (shift) => {
    expect(attempt({ shift, instances: { type: 'ml.inf1.xlarge' } })).toThrow(
      `$.deploy.shift.type is ${shift.type}, and the endpoint has Inf1 instances: ${guardrails} ${source}`,
    );
  });

  test.each(GUARDED)('$type away from Inf1', (shift) => {
    expect(attempt({ shift }, serving({ instanceType: 'ml.inf1.xlarge' }))).toThrow('has Inf1 instances');
  });

  test.each(GUARDED)('$type with a Marketplace container', (shift) => {
    const message = 'the endpoint has a container of AWS Marketplace';

    expect(attempt({ shift }, serving({}, { productId: 'prod-1' }))).toThrow(message);
    expect(attempt({ shift }, { data: null, images: [], approved: { productId: 'prod-1' } })).toThrow(
      message,
    );
  });

  test('but weights do it', () => {
    const shift = { type: 'weights' };

    expect(attempt({ shift, instances: { type: 'ml.inf1.xlarge' } })).not.toThrow();
    expect(attempt({ shift }, serving({}, { productId: 'prod-1' }))).not.toThrow();
  });

  test('and Inf2 is not left out', () => {
    expect(attempt({ instances: { type: 'ml.inf2.xlarge' } })).not.toThrow();
  });
});

describe('a shadow is refused', () => {
  const shift = { type: 'shadow', ...following({ type: 'weights' }) };

  test.each([
    ['Inf1 instances', {}, { instances: { type: 'ml.inf1.xlarge' } }],
    ['a container of AWS Marketplace', serving({}, { productId: 'prod-1' }), {}],
    ['a model of several containers', serving({}, { containers: 2 }), {}],
    ['a model of several containers', { approved: { containers: 3 } }, {}],
    ['asynchronous inference', serving({ isAsync: true }), {}],
  ])('where the endpoint has %s', (has, served, deploy) => {
    expect(attempt({ shift, ...deploy }, { live: live(), ...served })).toThrow(
      `$.deploy.shift.type is shadow, and the endpoint has ${has}, of which SageMaker makes no shadow (SageMaker guide, “Shadow tests: Exclusions”)`,
    );
  });
});

describe('a shift is refused for the endpoint as it is now', () => {
  test.each([
    [
      { type: 'canary' },
      3,
      '.percent (instances live now) is 25; 25 % of 3 instances is less than one whole instance (SageMaker API, CanarySize): give at least 34',
    ],
    [
      { type: 'canary', instances: 2 },
      3,
      '.instances (instances live now) is 2; at most half of 3 instances may be the canary',
    ],
    [{ type: 'linear' }, 2, '.stepPercent (instances live now) is 25; 25 % of 2 instances'],
    [{ type: 'rolling' }, 1, ' (instances live now) is 1; a rolling update needs at least 2 instances'],
    [{ type: 'shadow' }, 1, '.then (instances live now) is 1; a canary needs at least 2 instances'],
  ])('%j on %i instances', (shift, count, message) => {
    expect(attempt({ shift }, { live: live(count) })).toThrow(`$.deploy.shift${message}`);
  });

  test('when its steps together outlast an update', () => {
    const shift = { type: 'rolling', batchPercent: 5, intervalSeconds: 1800 };

    expect(attempt({ shift, instances: { count: 40 } }, { live: live(40) })).toThrow(
      '$.deploy.shift.intervalSeconds makes the shift of 40 instances wait for 36000 s in all, and new instances may take 18000 s; an update may take 28800 s (SageMaker API, MaximumExecutionTimeoutInSeconds): take larger steps',
    );
    expect(
      attempt({ shift: { ...shift, intervalSeconds: 300 }, instances: { count: 40 } }, { live: live(40) }),
    ).not.toThrow();
  });

  test('when it is serverless', () => {
    expect(attempt({}, serving({ variants: [{ name: 'main', isServerless: true }] }))).toThrow(
      '$.deploy.endpoint is flight-delay, which is serverless and has no instances to shift',
    );
  });

  test('but not for the trial of another release, which is over before this one begins', () => {
    const trial = {
      configName: 'flight-delay-2602010900-aaaaaa-r0-trial',
      variants: [
        { name: 'main', instanceCount: 4 },
        { name: 'challenger', instanceCount: 1 },
      ],
    };

    expect(attempt({}, serving(trial))).not.toThrow();
    expect(attempt({}, serving({ ...trial, configName: 'by-hand' }))).toThrow(
      'with the variants main, challenger',
    );
  });
});

describe('an alarm is refused', () => {
  test.each(['gpuPercent', 'gpuMemoryPercent'])('when it needs GPUs that are not there: %s', (limit) => {
    expect(attempt({ alarms: { [limit]: 90 } })).toThrow(
      `$.deploy.alarms.${limit} needs GPUs, and ml.c5.large has none`,
    );
  });

  test('when nobody knows how many GPUs there are', () => {
    expect(attempt({ alarms: { gpuPercent: 90 }, instances: { type: 'ml.g7e.2xlarge' } })).toThrow(
      '$.deploy.alarms.gpuPercent cannot be set for ml.g7e.2xlarge: SageMaker counts 100 % for each processor or GPU (SageMaker guide, “SageMaker AI metrics in CloudWatch”), and how many it has is not known here; make such an alarm yourself and give its name in deploy.alarms.named',
    );
  });
});
