import fc from 'fast-check';
import { planRelease } from '../../functions/plan-release/plan-release.ts';
import { check } from '../../functions/shared/check.ts';
import planContract from '../../functions/shared/generated/schemas/plan.json' with { type: 'json' };
import { data, live, planned, planRequest } from './support/requests.ts';

describe('a plan', () => {
  test('pins every image to its digest', () => {
    const { images } = planned();

    expect(new Set(Object.values(images))).toEqual(
      new Set([`123456789012.dkr.ecr.eu-west-1.amazonaws.com/flight-delay@sha256:${'1'.repeat(64)}`]),
    );
  });

  test('tries Spot on every type of the ladder and On-Demand last', () => {
    const { train } = planned();

    expect(train.rungs.map(({ capacity, instanceType }) => [capacity, instanceType])).toEqual([
      ['spot', 'ml.m5.xlarge'],
      ['spot', 'ml.m5.2xlarge'],
      ['on-demand', 'ml.m5.xlarge'],
    ]);
    expect(new Set(train.rungs.map(({ request }) => JSON.stringify(request.CheckpointConfig))).size).toBe(1);
  });

  test('leaves the Spot wait out where Spot is off', () => {
    const onDemand = planned().train.rungs.at(-1)!;

    expect(onDemand.request.EnableManagedSpotTraining).toBe(false);
    expect(onDemand.request.StoppingCondition).toEqual({ MaxRuntimeInSeconds: 14400 });
  });

  test('hands hyperparameters over as text, as SageMaker wants them', () => {
    expect(planned().train.rungs[0]?.request.HyperParameters).toEqual({
      epochs: '12',
      learningRate: '0.05',
    });
  });

  test('judges the challenger alone when nothing serves yet', () => {
    expect(planned().evaluate.champion).toBeNull();
  });

  test('judges the champion in the image it was released with', () => {
    const { champion } = planned({ live: live() }).evaluate;

    expect(champion?.request.AppSpecification).toMatchObject({ ImageUri: live().package?.image });
    expect(champion?.modelDataUrl).toBe('s3://signalbox-artifacts/flight-delay/old/model.tar.gz');
  });

  test('keeps the number of instances that autoscaling has reached', () => {
    expect(planned({ live: live(6) }).deploy.instanceCount).toBe(6);
  });

  test('waits for a turn at the endpoint as long as whoever holds it may take, and longer in a queue', () => {
    const { turnSeconds, timeoutSeconds, deadlineSeconds } = planned().deploy;
    const queued = planned({ pipeline: { ...planRequest().pipeline, policy: 'queue' } }).deploy;

    expect(turnSeconds).toBeGreaterThan(deadlineSeconds);
    expect(timeoutSeconds).toBeGreaterThan(turnSeconds + deadlineSeconds);
    expect(queued.turnSeconds).toBe(20 * turnSeconds);
  });

  test('bakes an all-at-once shift by keeping the old fleet', () => {
    const request = planRequest(
      { live: live() },
      { pipeline: 'flight-delay', overrides: { deploy: { shift: { type: 'all-at-once' } } } },
    );

    expect(planRelease(request).deploy.deploymentConfig?.BlueGreenUpdatePolicy).toMatchObject({
      TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 },
      TerminationWaitInSeconds: 720,
    });
  });

  test('is the same for the same request', () => {
    expect(planned()).toEqual(planned());
  });

  test('keeps its contract and AWS’s name lengths for any sensible pipeline', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 100 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 240, max: 3600 }),
        fc.boolean(),
        (count, percent, bakeSeconds, exists) => {
          fc.pre((count * percent) / 100 >= 1);
          const overrides = { deploy: { instances: { count }, shift: { percent, bakeSeconds } } };
          const plan = planned(
            { live: exists ? live(count) : null },
            { pipeline: 'flight-delay', overrides },
          );

          expect(check(planContract, plan)).toEqual([]);
          expect(plan.deploy.deploymentConfig).toMatchObject({
            BlueGreenUpdatePolicy: { MaximumExecutionTimeoutInSeconds: bakeSeconds + 120 + 3600 },
          });
          for (const name of [plan.process.name, plan.train.name, plan.evaluate.challenger.name]) {
            expect(`${name}-1-r0`.length).toBeLessThanOrEqual(63);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('what a job reads', () => {
  const scoped = (scope: 'prefix' | 'manifest') =>
    planned({}, { pipeline: 'flight-delay', overrides: { data: { scope } } }).process;
  const inputs = (scope: 'prefix' | 'manifest') => scoped(scope).request.ProcessingInputs;

  test('is the whole prefix, or the list alone when the pipeline says so', () => {
    const prefix = 's3://signalbox-data/flight-delay/incoming/';

    expect(inputs('prefix')).toMatchObject([{ S3Input: { S3Uri: prefix, S3DataType: 'S3Prefix' } }, {}]);
    expect(inputs('manifest')).toMatchObject([
      { S3Input: { S3Uri: data.sagemakerUri, S3DataType: 'ManifestFile' } },
      {},
    ]);
    expect(scoped('prefix').input).toEqual({ name: 'data', uri: prefix, manifest: data.uri, whole: true });
    expect(scoped('manifest').input.whole).toBe(false);
  });

  test('lies beside its list, which tells versions and ETags', () => {
    expect(inputs('prefix')).toMatchObject([
      { InputName: 'raw' },
      {
        InputName: 'manifest',
        S3Input: { S3Uri: data.uri, LocalPath: '/opt/ml/processing/input/manifest' },
      },
    ]);
  });
});

describe('the commit that asked for a release', () => {
  const commit = '0f1e2d3c4b5a69788796a5b4c3d2e1f001234567';
  const plan = () => {
    const { release } = planRequest();
    const trigger = { kind: 'code' as const, repository: 'flight-delay-model', commit };
    return planned({ release: { ...release, trigger, commit } });
  };

  test('goes into every job, as a variable and as a tag', () => {
    const { process, train, evaluate } = plan();

    for (const { request } of [process, ...train.rungs, evaluate.challenger]) {
      expect(request.Environment).toMatchObject({ SIGNALBOX_COMMIT: commit });
      expect(request.Tags).toContainEqual({ Key: 'signalbox:commit', Value: commit });
    }
  });

  test('goes into the model package', () => {
    expect(plan().register.request).toMatchObject({
      MetadataProperties: { CommitId: commit, Repository: 'flight-delay-model' },
      CustomerMetadataProperties: { commit, data: data.hash },
    });
  });
});

test('a model that a person must approve is registered as pending', () => {
  const overrides = { register: { approval: 'manual' } };

  expect(planned().register.request.ModelApprovalStatus).toBe('Approved');
  expect(planned({}, { pipeline: 'flight-delay', overrides }).register.request.ModelApprovalStatus).toBe(
    'PendingManualApproval',
  );
});

test('a release that deploys a package of its own plans nothing but the deployment', () => {
  const plan = planRelease(planRequest({ data: null, images: [], live: live() }));

  expect(check(planContract, structuredClone(plan))).toEqual([]);
  expect(plan).toMatchObject({
    images: null,
    process: null,
    train: null,
    evaluate: null,
    register: null,
    steps: null,
  });
  expect(plan.deploy).toEqual(planned({ live: live() }).deploy);
});

describe('a plan is refused', () => {
  test('when the endpoint has fewer live instances than a canary needs', () => {
    expect(() => planRelease(planRequest({ live: live(1) }))).toThrow(
      '$.deploy.shift (instances live now) is 1; a canary needs at least 2 instances',
    );
  });

  test('when the endpoint is broken beyond an update', () => {
    const broken = { ...live(), endpoint: { ...live().endpoint, status: 'Failed' } };

    expect(() => planRelease(planRequest({ live: broken }))).toThrow(
      '$.deploy.endpoint is flight-delay, which is Failed',
    );
  });

  test('when somebody made the endpoint by hand, for there is no champion to compare with', () => {
    expect(() => planRelease(planRequest({ live: { endpoint: live().endpoint } }))).toThrow(
      'not made from a model package',
    );
  });

  test('when the endpoint has other variants, which a guarded update must keep', () => {
    const other = {
      ...live(),
      endpoint: { ...live().endpoint, variants: [{ name: 'AllTraffic', instanceCount: 4 }] },
    };

    expect(() => planRelease(planRequest({ live: other }))).toThrow(
      'a guarded update must keep the variant names',
    );
  });
});

describe('a pipeline is refused', () => {
  const attempt = (deploy: object) => () =>
    planRequest({}, { pipeline: 'flight-delay', overrides: { deploy } });

  test('when its bake is over before its alarms could ring', () => {
    expect(attempt({ shift: { bakeSeconds: 240 }, alarms: { periods: 5 } })).toThrow(
      '$.overrides.deploy.shift.bakeSeconds is 240; the alarms look once a minute and need 5 full ones: give at least 420',
    );
  });

  test('when an all-at-once shift would bake longer than SageMaker allows', () => {
    expect(
      attempt({ shift: { type: 'all-at-once', bakeSeconds: 3000, terminationWaitSeconds: 900 } }),
    ).toThrow('together, 3900 s, and 3600 are allowed (SageMaker API, TerminationWaitInSeconds)');
  });

  test('when its canary is smaller than one whole instance', () => {
    expect(attempt({ shift: { percent: 10 } })).toThrow(
      '10 % of 4 instances is less than one whole instance (SageMaker API, CanarySize): give at least 25',
    );
  });
});

describe('a pipeline with a slip is refused', () => {
  const attempt = (overrides: object) => () => planRequest({}, { pipeline: 'flight-delay', overrides });

  test('when an upload that its release does not read would start it', () => {
    expect(attempt({ triggers: { data: { prefix: 'elsewhere/' } } })).toThrow(
      '$.overrides.triggers.data.prefix is elsewhere/, which the release would not read',
    );
  });

  test.each([
    ['val_(acc=', 'is no regular expression'],
    ['val_acc=[0-9.]+', 'has 0 groups; it needs exactly one'],
  ])('when the expression %s of a training metric reads no number', (regex, message) => {
    expect(attempt({ train: { metrics: [{ name: 'acc', regex }] } })).toThrow(message);
  });

  test('with an example of what was meant', () => {
    expect(attempt({ image: 'flight-delay' })).toThrow(
      '$.overrides.image is "flight-delay"; must look like "flight-delay:stable"',
    );
  });
});

test('an endpoint that serves another pipeline’s model is refused', () => {
  const foreign = live();
  const other = {
    ...foreign,
    package: { ...foreign.package!, properties: { release: 'x', pipeline: 'taxi-tip' } },
  };

  expect(() => planRelease(planRequest({ live: other }))).toThrow(
    '$.deploy.endpoint is flight-delay, which serves a model of taxi-tip; an endpoint serves one pipeline',
  );
});
