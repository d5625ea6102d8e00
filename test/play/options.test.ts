import { actsFor, actsOf } from '../../play/acts.ts';
import { readOptions } from '../../play/options.ts';
import { noteOf } from '../../play/watch.ts';

describe('npm start', () => {
  test('plays everything at sixty times the pace unless told otherwise', () => {
    expect(readOptions([])).toEqual({
      seed: 7,
      speed: 60,
      only: undefined,
      pipeline: undefined,
      keep: false,
    });
  });

  test('takes a seed, a speed, one act, a pipeline and leaves the world open', () => {
    expect(
      readOptions(['--seed', '11', '--speed=120', '--only', '2', '--pipeline', 'linear', '--keep']),
    ).toEqual({
      seed: 11,
      speed: 120,
      only: 2,
      pipeline: 'linear',
      keep: true,
    });
  });

  test('shows its help', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  test.each([
    [['--only', '4'], '--only is 4; give a whole number from 1 to 3.'],
    [['--speed', 'fast'], '--speed is fast; give a whole number from 10 to 240.'],
    [['--sead', '1'], "Unknown option '--sead'"],
  ])('refuses %j and says what is allowed', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message);
  });

  test('plays the first upload before an act that needs a champion', () => {
    const canary = { shift: 'canary' } as const;
    expect(actsFor(2, canary).map(({ expected }) => expected)).toEqual(['LIVE', 'ROLLED_BACK']);
    expect(actsFor(1, canary).map(({ expected }) => expected)).toEqual(['LIVE', 'LIVE']);
    expect(actsFor(undefined, canary)).toHaveLength(4);
  });

  test('expects a shadow test to find the faulty image before any shift', () => {
    const outcomes = actsOf({ shift: 'shadow' }).map(({ expected }) => expected);

    expect(outcomes).toEqual(['LIVE', 'LIVE', 'REJECTED', 'REJECTED']);
  });

  test('tells in one line what the world did', () => {
    expect(noteOf('sagemaker/training-job/t', 'Interrupted: x')).toContain('Spot took the instance');
    expect(
      noteOf('sagemaker/endpoint/e', 'c Baking: Baking canary capacity of 1 instance(s) for 600 seconds.'),
    ).toBe('endpoint e: Baking canary capacity of 1 instance(s) for 600 seconds.');
    expect(noteOf('sagemaker/endpoint/e', 'Updating on c-trial')).toBe('endpoint e is changed in its trial');
    expect(noteOf('sagemaker/endpoint/e', 'InService on c-trial')).toBe('endpoint e serves its trial');
    expect(noteOf('cloudwatch/alarm/a', 'OK → ALARM: too many')).toBe('alarm rings: too many');
    expect(noteOf('sqs/q', 'anything')).toBeUndefined();
  });
});
