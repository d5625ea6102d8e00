import { StateError, TaskTimedOut } from '../../../local/asl/errors.ts';
import { matchesError } from '../../../local/asl/match-error.ts';
import { Retries } from '../../../local/asl/retry.ts';
import { AwsError } from '../../../local/aws-error.ts';
import { Random } from '../../../local/random.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const ask = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem',
  Arguments: { TableName: 't', Item: {} },
};
const refusing = (code: string) => ({
  'dynamodb:PutItem': () => {
    throw new AwsError(code, 'refused');
  },
});

describe('ErrorEquals', () => {
  test.each([
    ['States.ALL', 'Anything', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.TaskFailed', 'Lambda.Unknown', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['Some.Error', 'Some.Error', true],
    ['Some.Error', 'Some.ErrorToo', false],
  ])('%s and %s: %s', (name, error, matches) => {
    expect(matchesError([name], new StateError(error))).toBe(matches);
  });

  test('States.ALL takes an error without a name', () => {
    expect(matchesError(['States.ALL'], new StateError(undefined))).toBe(true);
    expect(matchesError(['States.HeartbeatTimeout'], new TaskTimedOut())).toBe(false);
  });
});

describe('Retry', () => {
  const retrier = {
    errorEquals: ['States.ALL'],
    intervalSeconds: 2,
    maxAttempts: 5,
    backoffRate: 3,
    fullJitter: false,
  };
  const delays = (more: object): (number | undefined)[] => {
    const retries = new Retries([{ ...retrier, ...more }], new Random(1));
    return Array.from({ length: 6 }, () => retries.delayMs(new StateError('E')));
  };

  test('waits longer each time, up to MaxDelaySeconds, then no more', () => {
    expect(delays({})).toEqual([2000, 6000, 18_000, 54_000, 162_000, undefined]);
    expect(delays({ maxDelaySeconds: 20 })).toEqual([2000, 6000, 18_000, 20_000, 20_000, undefined]);
    expect(delays({ maxAttempts: 0 })[0]).toBeUndefined();
  });

  test('spreads the waits between nothing and the whole with full jitter, the same for the same seed', () => {
    const jittered = delays({ fullJitter: true });
    expect(jittered).toEqual(delays({ fullJitter: true }));
    for (const [index, delay] of jittered.slice(0, 5).entries()) {
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThan(2000 * 3 ** index);
    }
  });

  test('counts each retrier by itself', () => {
    const retries = new Retries(
      [
        { ...retrier, errorEquals: ['A'], maxAttempts: 1 },
        { ...retrier, errorEquals: ['States.ALL'], maxAttempts: 1, intervalSeconds: 9 },
      ],
      new Random(1),
    );
    const [a, b] = [new StateError('A'), new StateError('B')];
    expect([a, b, a, b].map((error) => retries.delayMs(error))).toEqual([2000, 9000, undefined, undefined]);
  });

  test('repeats the task in virtual time with arguments evaluated anew', async () => {
    const world = new SmallWorld(refusing('ProvisionedThroughputExceededException'));
    const ended = await world.run({
      Write: {
        ...ask,
        Arguments: { TableName: "{% 't-' & $string($states.context.State.RetryCount) %}", Item: {} },
        Retry: [
          {
            ErrorEquals: ['DynamoDb.ProvisionedThroughputExceededException'],
            IntervalSeconds: 10,
            MaxAttempts: 2,
          },
        ],
        ...end,
      },
    });

    expect(world.calls.map(({ input }) => (input as { TableName: string }).TableName)).toEqual([
      't-0',
      't-1',
      't-2',
    ]);
    expect(ended.view.stopMs! - ended.view.startMs).toBe(30_000);
    expect(ended.trace.slice(4, 9)).toEqual([
      '5<4 TaskFailed',
      '6<5 TaskScheduled',
      '7<6 TaskStarted',
      '8<7 TaskFailed',
      '9<8 TaskScheduled',
    ]);
  });
});

describe('Catch', () => {
  test('hands on the error output, or what its own Output and Assign make of it', async () => {
    const machine = (catcher: object) => ({
      Write: {
        ...ask,
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Tell' },
          { ErrorEquals: ['States.ALL'], Next: 'Tell', ...catcher },
        ],
        ...end,
      },
      Tell: {
        Type: 'Pass',
        Output: { got: '{% $states.input %}', why: '{% $exists($why) ? $why : null %}' },
        ...end,
      },
    });
    const world = new SmallWorld(refusing('ConditionalCheckFailedException'));
    const plain = await world.run(machine({}));
    const shaped = await world.run(
      machine({ Assign: { why: '{% $states.errorOutput.Error %}' }, Output: '{% $states.input.n %}' }),
      { n: 3 },
    );

    expect(plain.output).toMatchObject({
      got: { Error: 'DynamoDb.ConditionalCheckFailedException' },
      why: null,
    });
    expect(shaped.output).toEqual({ got: 3, why: 'DynamoDb.ConditionalCheckFailedException' });
  });

  test('takes a query error of its task', async () => {
    const ended = await new SmallWorld().run({
      Write: {
        ...ask,
        Arguments: '{% $nothing %}',
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Tell' }],
        ...end,
      },
      Tell: { Type: 'Succeed' },
    });

    expect(ended.status).toBe('SUCCEEDED');
    expect(ended.trace.slice(1, 4)).toEqual([
      '2<0 TaskStateEntered',
      '3<0 EvaluationFailed',
      '4<3 TaskStateExited',
    ]);
  });

  test('does not take an error of its own Output', async () => {
    const ended = await new SmallWorld(refusing('X')).run({
      Write: {
        ...ask,
        Catch: [{ ErrorEquals: ['States.ALL'], Output: { a: '{% $nothing %}' }, Next: 'Tell' }],
        ...end,
      },
      Tell: { Type: 'Succeed' },
    });

    expect(ended.view.error).toBe('States.QueryEvaluationError');
    expect(ended.details('EvaluationFailed').location).toBe('Catch[0]/Output/a');
  });
});
