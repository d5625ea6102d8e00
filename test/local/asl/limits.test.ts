import { golden } from './support/golden.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const DAY_MS = 86_400_000;

describe('Wait', () => {
  const until = (days: number) => {
    const world = new SmallWorld();
    const Timestamp = new Date(world.clock.now() + days * DAY_MS).toISOString();
    return { world, arn: world.start(world.machine({ Wait: { Type: 'Wait', Timestamp, ...end } })) };
  };

  test('waits for a moment 24,855 days away, or as long as an execution may last', async () => {
    const { world, arn } = until(24_855);
    await world.clock.advance(366 * DAY_MS);

    expect(golden(world.states.execution(arn).history).slice(1)).toEqual([
      "0s 2<0 WaitStateEntered { name: 'Wait', input: {} }",
      '31536000s 3<0 ExecutionTimedOut',
    ]);
  });

  test('refuses a moment further away', async () => {
    const { world, arn } = until(24_856);
    const ended = await world.ended(arn);

    expect(ended.trace.at(-1)).toBe('3<2 ExecutionFailed');
    expect(ended.view.error).toBe('States.Runtime');
    expect(ended.view.cause).toBe(
      "An error occurred while executing the state 'Wait' (entered at the event id #2). Wait state delay is too long.",
    );
  });
});

describe('a Standard execution', () => {
  test('that waits for ever is told by the clock, not by a year that goes by', async () => {
    const world = new SmallWorld({ 'sqs:SendMessage': {} });
    const ask = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q', MessageBody: 'x' },
      ...end,
    };

    await expect(world.run({ Ask: ask })).rejects.toThrow('Nothing is left to happen');
  });
});

describe('$range', () => {
  const run = async (expression: string) =>
    new SmallWorld().run({ Only: { Type: 'Pass', Output: `{% ${expression} %}`, ...end } });

  test.each([
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(1, 9, 9)', 1],
    ['[$range(1, 9, 9)]', [1]],
    ['$count($range(1, 9, 9))', 1],
  ])('%s gives a sequence, in which one item stands for itself', async (expression, output) => {
    expect((await run(expression)).output).toEqual(output);
  });

  test('gives nothing when there is nothing to count', async () => {
    const { view } = await run('$range(2, 1, 1)');

    expect(view.cause).toContain('returned nothing (undefined)');
  });

  test('refuses to fill the memory', async () => {
    const { view } = await run('$range(1, 1000000000000, 1)');

    expect(view.cause).toContain('$range cannot give more than 10000000 numbers');
  });
});

describe('$parse', () => {
  test.each(['', '{', 'nonsense'])('refuses a text that is no JSON: %j', async (text) => {
    const states = { Only: { Type: 'Pass', Output: '{% $parse($states.input) %}', ...end } };

    expect((await new SmallWorld().run(states, text)).view.error).toBe('States.QueryEvaluationError');
  });
});

test('variables are measured in bytes, not in characters', async () => {
  const text = (bytes: number) => `{% $pad('', ${bytes / 3}, '€') %}`;
  const assign = (bytes: number) =>
    new SmallWorld().run({ Keep: { Type: 'Pass', Assign: { a: text(bytes), b: text(bytes) }, ...end } });

  expect((await assign(120_000)).status).toBe('SUCCEEDED');
  const ended = await assign(150_000);
  expect(ended.view.error).toBe('States.Runtime');
  expect(ended.view.cause).toContain('exceed the maximum number of bytes');
});
