import type { PlanRequest } from '../../functions/shared/generated/contracts.ts';
import { data, live, planned, planRequest } from './support/requests.ts';

describe('the key of a step', () => {
  const keys = (overrides: object = {}, changes: Partial<PlanRequest> = {}) => {
    const { steps } = planned({ live: live(), ...changes }, { pipeline: 'flight-delay', overrides });
    return Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step!.key]));
  };
  const usual = keys();
  const moved = (...changes: Parameters<typeof keys>): string[] => {
    const now = keys(...changes);
    return Object.keys(now).filter((name) => now[name] !== usual[name]);
  };
  const all = ['process', 'train', 'challenger', 'champion'];

  test.each([
    ['the data', all, {}, { data: { ...data, hash: '6'.repeat(64) } }],
    ['the scope', all, { data: { scope: 'manifest' } }, {}],
    [
      'the image',
      all,
      {},
      { images: [{ reference: 'flight-delay:stable', digest: `sha256:${'3'.repeat(64)}` }] },
    ],
    ['a variable of processing', all, { process: { environment: { A: '1' } } }, {}],
    ['a hyperparameter', ['train', 'challenger'], { train: { hyperparameters: { epochs: 13 } } }, {}],
    [
      'the machine that trains',
      ['train', 'challenger'],
      { train: { instances: { type: 'ml.m5.4xlarge' } } },
      {},
    ],
    ['how many of them', ['train', 'challenger'], { train: { instances: { count: 2 } } }, {}],
    [
      'a metric that is read',
      ['train', 'challenger'],
      { train: { metrics: [{ name: 'a', regex: '(.)' }] } },
      {},
    ],
    ['a variable of evaluation', ['challenger', 'champion'], { evaluate: { environment: { A: '1' } } }, {}],
    [
      'the champion',
      ['champion'],
      {},
      { live: { ...live(), package: { ...live().package!, arn: `${live().package!.arn}1` } } },
    ],
  ] as [string, string[], object, Partial<PlanRequest>][])(
    'changes with %s',
    (_what, expected, overrides, changes) => {
      expect(moved(overrides, changes)).toEqual(expected);
    },
  );

  test.each([
    ['Spot', { train: { spot: { maxWaitSeconds: 30_000, ladder: [], fallback: 'none' } } }],
    ['a time limit', { process: { maxRuntimeSeconds: 7200 }, train: { maxRuntimeSeconds: 7200 } }],
    ['a disk', { train: { instances: { volumeGb: 100 } } }],
    ['a gate', { evaluate: { gates: [{ metric: 'auc', atLeast: 0.9 }] } }],
    ['the deployment', { deploy: { instances: { count: 8 }, shift: { bakeSeconds: 900 } } }],
  ])('does not change with %s', (_what, overrides) => {
    expect(moved(overrides)).toEqual([]);
  });

  test('does not change with the release that asks', () => {
    const { release } = planRequest();

    expect(moved({}, { release: { ...release, id: 'flight-delay-2603030900-bbbbbbbb' } })).toEqual([]);
  });

  test('stands over ingredients that people can read, long ones by their hash', () => {
    const long = {
      pipeline: 'flight-delay',
      overrides: { train: { hyperparameters: { words: 'x'.repeat(99) } } },
    };

    expect(planned({}, long).steps.train.ingredients).toMatchObject({
      'hyperparameters.epochs': '12',
      'hyperparameters.words': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      rows: planned({}, long).steps.process.key,
    });
  });
});
