import fc from 'fast-check';
import { chooseSteps } from '../../functions/choose-steps/choose-steps.ts';
import { planRelease } from '../../functions/plan-release/plan-release.ts';
import { check } from '../../functions/shared/check.ts';
import type {
  PlanSteps,
  StepChoiceRequest,
  StepOutputs,
  SurveyedPlace,
} from '../../functions/shared/generated/contracts.ts';
import requestContract from '../../functions/shared/generated/schemas/choose-steps.request.json' with {
  type: 'json',
};
import resultContract from '../../functions/shared/generated/schemas/choose-steps.result.json' with {
  type: 'json',
};
import { live, planRequest } from './support/requests.ts';

type Name = 'process' | 'train' | 'compile' | 'challenger' | 'champion';
const NAMES: readonly Name[] = ['process', 'train', 'challenger', 'champion'];
const COMPILING: readonly Name[] = ['process', 'train', 'compile', 'challenger', 'champion'];
const OLD = 'flight-delay-2603010900-aaaaaaaa';
const HASH = 'a'.repeat(64);

/** The steps of a pipeline with these overrides, while `live()` serves. */
const stepsOf = (overrides: object = {}): PlanSteps =>
  planRelease(planRequest({ live: live() }, { pipeline: 'flight-delay', overrides })).steps!;

const left: Record<Name, StepOutputs> = {
  process: { uri: 's3://signalbox-artifacts/old/rows', hash: HASH, added: 0 },
  train: { uri: 's3://signalbox-artifacts/old/model.tar.gz', etag: 'e1', training: { jobName: 'old-train' } },
  compile: {
    uri: 's3://signalbox-artifacts/old/model-ml_c5.tar.gz',
    etag: '"e1"',
    compilation: { jobName: 'old-compile', compiled: true },
  },
  challenger: { uri: 's3://signalbox-artifacts/old/c.json', etag: '"e1"', metricsKey: 'old/c.json' },
  champion: { uri: 's3://signalbox-artifacts/old/d.json', etag: '"e1"', metricsKey: 'old/d.json' },
};

const item = (steps: PlanSteps, name: Name, status = 'FINISHED', outputs: unknown = left[name]) => ({
  sk: { S: `${name}/${steps[name]!.key}` },
  status: { S: status },
  job: { S: `${OLD}-${name}-r0` },
  release: { S: OLD },
  ...(status === 'FINISHED' && { outputs: { S: JSON.stringify(outputs) } }),
});

const latest = (steps: PlanSteps) => ({ sk: { S: 'latest' }, steps: { S: JSON.stringify(steps) } });

const found = (name: Name, changes: Partial<SurveyedPlace> = {}): SurveyedPlace => ({
  name,
  objects: 1,
  bytes: 10,
  hash: HASH,
  etag: 'e1',
  added: 0,
  ...changes,
});

/** Everything has finished before and lies where it was left; then `changes`. */
function choose(changes: Partial<StepChoiceRequest> = {}, steps = stepsOf()) {
  const names = steps.compile === null ? NAMES : COMPILING;
  const request: StepChoiceRequest = {
    steps,
    items: [latest(steps), ...names.map((name) => item(steps, name))],
    survey: names.map((name) => found(name)),
    fresh: false,
    ...changes,
  };
  expect(check(requestContract, structuredClone(request))).toEqual([]);
  const chosen = chooseSteps(request);
  expect(check(resultContract, structuredClone(chosen))).toEqual([]);
  return {
    ...chosen,
    actions: names.map((name) => chosen[name]?.action),
  };
}

const without = (name: Name) => NAMES.filter((one) => one !== name);

describe('steps that finished before', () => {
  test('are used again, with what they left', () => {
    const { actions, train, process } = choose();

    expect(actions).toEqual(['reuse', 'reuse', 'reuse', 'reuse']);
    expect(train).toMatchObject({ job: `${OLD}-train-r0`, release: OLD, outputs: left.train });
    expect(process.why).toContain(OLD);
  });

  test('all run when a fresh start is asked for', () => {
    expect(choose({ fresh: true }).actions).toEqual(['run', 'run', 'run', 'run']);
  });

  test('all run in the first release of a pipeline', () => {
    const { actions, process } = choose({ items: [], survey: [] });

    expect(actions).toEqual(['run', 'run', 'run', 'run']);
    expect(process).toMatchObject({ why: 'no earlier release has planned it', changed: [] });
  });
});

describe('a step with another ingredient', () => {
  const changed = stepsOf({ train: { hyperparameters: { learningRate: 0.1 } } });
  const before = stepsOf();

  test('runs and names it with both values; what does not depend on it is used again', () => {
    const { actions, train, challenger } = choose(
      { items: [latest(before), item(before, 'process'), item(before, 'champion')] },
      changed,
    );

    expect(actions).toEqual(['reuse', 'run', 'run', 'reuse']);
    expect(train).toMatchObject({
      why: 'hyperparameters.learningRate changed (0.05 to 0.1)',
      changed: ['hyperparameters.learningRate'],
    });
    expect(challenger).toMatchObject({ why: 'model changed', changed: ['model'] });
  });

  test('says so when the last release planned the same and never finished it', () => {
    const { train } = choose({ items: [latest(changed), item(changed, 'process')] }, changed);

    expect(train).toMatchObject({
      why: 'no finished step with these data, image and parameters',
      changed: [],
    });
  });

  test('tells a new and a vanished parameter apart', () => {
    const more = stepsOf({ train: { hyperparameters: { depth: 3 } } });

    expect(choose({ items: [latest(before)] }, more).train.why).toBe('hyperparameters.depth is new (3)');
    expect(choose({ items: [latest(more)] }, before).train.why).toBe('hyperparameters.depth is gone (was 3)');
  });

  test('names a few of many changes', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`p${index}`, index]));
    const { train } = choose({ items: [latest(before)] }, stepsOf({ train: { hyperparameters: many } }));

    expect(train.changed).toHaveLength(9);
    expect(train.why).toMatch(/p4 is new \(4\), 4 more$/);
  });
});

describe('what a finished step left', () => {
  test.each([
    ['process', 'the rows of release', ['run', 'reuse', 'run', 'reuse']],
    ['train', 'the model of release', ['reuse', 'run', 'run', 'reuse']],
    ['challenger', 'the metrics of release', ['reuse', 'reuse', 'run', 'reuse']],
    ['champion', 'the metrics of release', ['reuse', 'reuse', 'reuse', 'run']],
  ] as const)('is a miss when it has vanished or changed: %s', (name, start, actions) => {
    const others = without(name).map((one) => found(one));
    // Rows only matter to a step that reads them.
    const readsRows = name === 'process' ? without('challenger') : NAMES;
    const steps = stepsOf();
    const items = [latest(steps), ...readsRows.map((one) => item(steps, one))];
    const vanished = choose({ items, survey: [...others, found(name, { objects: 0 })] }, steps);
    const changed = choose(
      { items, survey: [...others, found(name, { hash: 'b'.repeat(64), etag: 'e2' })] },
      steps,
    );

    expect(vanished.actions).toEqual(actions);
    expect(vanished[name]!.why).toMatch(new RegExp(`^${start} ${OLD} (has|have) vanished$`));
    expect(changed.actions).toEqual(actions);
    expect(changed[name]!.why).toMatch(new RegExp(`^${start} ${OLD} (has|have) changed since$`));
  });

  test('may be missing when nothing is left to read it', () => {
    const { actions, process } = choose({ survey: without('process').map((name) => found(name)) });

    expect(actions).toEqual(['reuse', 'reuse', 'reuse', 'reuse']);
    expect(process).toMatchObject({
      outputs: left.process,
      why: expect.stringContaining('what reads its rows'),
    });
  });

  test('is not used when data came while it was made', () => {
    const steps = stepsOf();
    const rows = item(steps, 'process', 'FINISHED', { ...left.process, added: 2 });

    expect(choose({ items: [latest(steps), rows] }, steps).process).toMatchObject({
      action: 'run',
      why: expect.stringContaining('data came while'),
    });
  });

  test.each([
    ['{'],
    ['[]'],
    ['{"uri":7}'],
    ['{"uri":"s3://a/b","etag":"e1"}'],
    ['{"uri":"s3://a/b","training":{}}'],
  ])('is a miss when the ledger tells it as %s', (outputs) => {
    const steps = stepsOf();
    const broken = { ...item(steps, 'train'), outputs: { S: outputs } };

    expect(choose({ items: [latest(steps), item(steps, 'process'), broken] }, steps).train.action).toBe(
      'run',
    );
  });
});

describe('a step that was begun', () => {
  test('is adopted, and what came after it runs', () => {
    const steps = stepsOf();
    const { actions, train } = choose(
      {
        items: [
          latest(steps),
          item(steps, 'process'),
          item(steps, 'train', 'PLANNED'),
          item(steps, 'champion'),
        ],
      },
      steps,
    );

    expect(actions).toEqual(['reuse', 'adopt', 'run', 'reuse']);
    expect(train).toMatchObject({ job: `${OLD}-train-r0`, release: OLD, outputs: null });
  });

  test('is adopted with what the same attempt began after it, and with nothing of another', () => {
    const steps = stepsOf();
    const train = item(steps, 'train', 'PLANNED');
    const challenger = item(steps, 'challenger', 'PLANNED');
    const another = { ...challenger, release: { S: 'flight-delay-2603010800-bbbbbbbb' } };

    expect(choose({ items: [train, challenger] }, steps).challenger.action).toBe('adopt');
    expect(choose({ items: [train, another] }, steps).challenger.action).toBe('run');
  });

  test('does not let metrics of an earlier model stand', () => {
    const steps = stepsOf();
    const { challenger } = choose(
      { items: [item(steps, 'train', 'PLANNED'), item(steps, 'challenger')] },
      steps,
    );

    expect(challenger).toMatchObject({ action: 'run', why: 'it judged a model that is not used' });
  });
});

describe('a compilation', () => {
  const compiling = stepsOf({ compile: { framework: 'XGBOOST', target: 'ml_c5' } });
  const itemsWith = (...changed: ReturnType<typeof item>[]) => [
    latest(compiling),
    ...COMPILING.map((name) => item(compiling, name)).filter(
      ({ sk }) => !changed.some((one) => one.sk.S === sk.S),
    ),
    ...changed,
  ];
  const begunBy = (name: Name, release: string) => ({
    ...item(compiling, name, 'PLANNED'),
    release: { S: release },
  });

  test('that finished is used again, with all that it left', () => {
    const { actions, compile } = choose({}, compiling);

    expect(actions).toEqual(['reuse', 'reuse', 'reuse', 'reuse', 'reuse']);
    expect(compile).toMatchObject({ job: `${OLD}-compile-r0`, release: OLD, outputs: left.compile });
  });

  test('is no step of a pipeline that compiles nothing', () => {
    expect(choose().compile).toBeNull();
  });

  test('of a model that is trained anew runs again, and so does its evaluation', () => {
    const { actions, compile } = choose(
      { survey: COMPILING.filter((name) => name !== 'train').map((name) => found(name)) },
      compiling,
    );

    expect(actions).toEqual(['reuse', 'run', 'run', 'run', 'reuse']);
    expect(compile?.why).toBe('it compiled a model that is not used');
  });

  test('whose model has vanished runs again on the model that was trained', () => {
    const survey = COMPILING.filter((name) => name !== 'compile').map((name) => found(name));
    const { actions, compile, challenger } = choose({ survey }, compiling);

    expect(actions).toEqual(['reuse', 'reuse', 'run', 'run', 'reuse']);
    expect(compile?.why).toBe(`the compiled model of release ${OLD} has vanished`);
    expect(challenger.why).toBe('it judged a model that is not used');
  });

  test('that was begun is adopted; metrics of before do not stand', () => {
    const { actions } = choose({ items: itemsWith(item(compiling, 'compile', 'PLANNED')) }, compiling);

    expect(actions).toEqual(['reuse', 'reuse', 'adopt', 'run', 'reuse']);
  });

  test('is adopted with the training and the evaluation of one attempt, and with nothing of another', () => {
    const attempt = (...names: Name[]) => names.map((name) => begunBy(name, OLD));
    const other = 'flight-delay-2603010800-bbbbbbbb';
    const whole = choose({ items: itemsWith(...attempt('train', 'compile', 'challenger')) }, compiling);
    const mixed = choose(
      { items: itemsWith(...attempt('train', 'challenger'), begunBy('compile', other)) },
      compiling,
    );

    expect(whole.actions).toEqual(['reuse', 'adopt', 'adopt', 'adopt', 'reuse']);
    expect(mixed.actions).toEqual(['reuse', 'adopt', 'run', 'run', 'reuse']);
  });

  test('that the ledger does not tell whole is a miss', () => {
    const broken = item(compiling, 'compile', 'FINISHED', { ...left.compile, compilation: undefined });

    expect(choose({ items: itemsWith(broken) }, compiling).compile).toMatchObject({
      action: 'run',
      why: `what the ledger keeps of release ${OLD}'s compiled model cannot be read`,
    });
  });
});

describe.each([
  ['trains', {}],
  ['compiles what it trains', { compile: { framework: 'XGBOOST', target: 'ml_c5' } }],
])('in a pipeline that %s', (_what, overrides) => {
  const steps = stepsOf(overrides);
  const names = steps.compile === null ? NAMES : COMPILING;

  test('whatever the ledger and S3 hold, nothing is used that is not there or belongs to another model', () => {
    const state = fc.constantFrom('absent', 'begun', 'vanished', 'changed', 'unreadable', 'whole');
    fc.assert(
      fc.property(fc.array(state, { minLength: 5, maxLength: 5 }), (states) => {
        const stateOf = (name: Name) => states[names.indexOf(name)]!;
        const items = names
          .filter((name) => stateOf(name) !== 'absent')
          .map((name) =>
            stateOf(name) === 'unreadable'
              ? item(steps, name, 'FINISHED', [])
              : item(steps, name, stateOf(name) === 'begun' ? 'PLANNED' : 'FINISHED'),
          );
        const survey = names
          .filter((name) => stateOf(name) !== 'vanished')
          .map((name) =>
            found(name, stateOf(name) === 'changed' ? { hash: 'b'.repeat(64), etag: 'e2' } : {}),
          );
        const chosen = choose({ items, survey }, steps);
        const readsRows = chosen.actions.slice(1).some((action) => action !== 'reuse');

        for (const name of names) {
          const { action, outputs, job } = chosen[name]!;
          expect(action === 'reuse').toBe(outputs !== null);
          expect(action === 'run').toBe(job === '');
          if (action === 'adopt') expect(stateOf(name)).toBe('begun');
          if (action === 'reuse' && (name !== 'process' || readsRows)) expect(stateOf(name)).toBe('whole');
        }
        const { train, challenger } = chosen;
        const model = chosen.compile ?? train;
        if (challenger.action === 'reuse') expect([train.action, model.action]).toEqual(['reuse', 'reuse']);
        if (train.action === 'run') expect(model.action).toBe('run');
        if (model.action === 'run') expect(challenger.action).toBe('run');
      }),
      { numRuns: 300 },
    );
  });
});
