import type { PlanRequest } from '../../functions/shared/generated/contracts.ts';
import { data, live, planned, planRequest } from './support/requests.ts';

describe('the key of a step', () => {
  const keys = (overrides: object = {}, changes: Partial<PlanRequest> = {}) => {
    const { steps } = planned({ live: live(), ...changes }, { pipeline: 'flight-delay', overrides });
    return Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step?.key]));
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

  describe('that compiles', () => {
    const compile = {
      framework: 'MXNET',
      input: { data: [1, 7] },
      target: 'ml_c5',
      image: 'flight-delay:stable',
    };
    const before = keys({ compile });
    const differs = (overrides: object): string[] => {
      const now = keys({ compile, ...overrides });
      return Object.keys(now).filter((name) => now[name] !== before[name]);
    };

    test('stands between the training and the evaluation of the challenger', () => {
      expect(before).toEqual({
        ...usual,
        compile: expect.stringMatching(/^[0-9a-f]{64}$/),
        challenger: before.challenger,
      });
      expect(before.challenger).not.toBe(usual.challenger);
    });

    test.each([
      [
        'the target',
        { compile: { ...compile, target: 'ml_m5' }, deploy: { instances: { type: 'ml.m5.large' } } },
      ],
      ['the framework', { compile: { ...compile, framework: 'ONNX' } }],
      ['its version', { compile: { ...compile, frameworkVersion: '1.8' } }],
      ['the input', { compile: { ...compile, input: { data: [1, 8] } } }],
      ['an option', { compile: { ...compile, options: { 'gpu-code': 'sm_72' } } }],
    ])('changes with %s, and with it the challenger', (_what, overrides) => {
      expect(differs(overrides)).toEqual(['compile', 'challenger']);
    });

    test('changes with the model', () => {
      expect(differs({ train: { hyperparameters: { epochs: 13 } } })).toEqual([
        'train',
        'compile',
        'challenger',
      ]);
    });

    test.each([
      ['a time limit', { compile: { ...compile, maxRuntimeSeconds: 7200 } }],
      ['what follows when it fails', { compile: { ...compile, onFailure: 'uncompiled' } }],
    ])('does not change with %s', (_what, overrides) => {
      expect(differs(overrides)).toEqual([]);
    });

    test('tells a platform by its parts', () => {
      const platform = { arch: 'ARM64', os: 'LINUX' };
      const { compile: step } = planned(
        {},
        {
          pipeline: 'flight-delay',
          overrides: {
            compile: { framework: 'XGBOOST', platform, image: 'flight-delay:stable' },
            deploy: { instances: { type: 'ml.c6g.large' } },
          },
        },
      ).steps;

      expect(step!.ingredients).toMatchObject({ target: 'LINUX/ARM64' });
    });
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
