import type { AwsError } from '../../../local/aws-error.ts';
import { Ended, SmallWorld } from './support/small-world.ts';

const end = { End: true };
const pass = { Only: { Type: 'Pass', ...end } };
const wait = { Only: { Type: 'Wait', Seconds: 60, ...end } };

function refusal(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    const { code, message } = error as AwsError;
    return `${code}: ${message}`;
  }
}

describe('StartExecution', () => {
  test('answers the same execution again for the same name and input while it runs', async () => {
    const world = new SmallWorld();
    const arn = world.machine(wait);
    const first = world.start(arn, { a: 1 }, 'release-1');

    expect(world.start(arn, { a: 1 }, 'release-1')).toBe(first);
    expect(refusal(() => world.start(arn, { a: 2 }, 'release-1'))).toBe(
      `ExecutionAlreadyExists: Execution Already Exists: '${first}'`,
    );
    await world.ended(first);
    expect(refusal(() => world.start(arn, { a: 1 }, 'release-1'))).toContain('ExecutionAlreadyExists');
    await world.clock.advance(91 * 24 * 3600 * 1000);
    expect(world.start(arn, { a: 1 }, 'release-1')).toBe(first);
  });

  test.each(['a b', 'a/b', 'a:b', '', 'x'.repeat(81), 'a$', 'a\n'])('refuses the name %j', (name) => {
    const world = new SmallWorld();
    expect(refusal(() => world.start(world.machine(pass), {}, name))).toBe(
      `InvalidName: Invalid Name: '${name}'`,
    );
  });

  test.each([
    [
      'not some JSON',
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    ['', 'Invalid execution input.'],
  ])('refuses the input %j', (input, fault) => {
    const world = new SmallWorld();
    const stateMachineArn = world.machine(pass);
    expect(refusal(() => world.call('StartExecution', { stateMachineArn, input }))).toBe(
      `InvalidExecutionInput: Invalid State Machine Execution Input: '${fault}'`,
    );
  });

  test('names a machine that is not there', () => {
    expect(
      refusal(() => new SmallWorld().start('arn:aws:states:eu-west-1:123456789012:stateMachine:none')),
    ).toBe(
      "StateMachineDoesNotExist: State Machine Does Not Exist: 'arn:aws:states:eu-west-1:123456789012:stateMachine:none'",
    );
  });
});

describe('executions', () => {
  test('tell EventBridge of their start and end', async () => {
    const world = new SmallWorld();
    const { view } = await world.run(pass, { a: 1 });

    expect(world.events).toMatchObject([
      {
        source: 'aws.states',
        detailType: 'Step Functions Execution Status Change',
        resources: [view.arn],
        detail: { status: 'RUNNING', stopDate: null },
      },
      {
        detail: {
          status: 'SUCCEEDED',
          input: '{"a":1}',
          output: '{"a":1}',
          outputDetails: { included: true },
          stopDate: view.stopMs,
        },
      },
    ]);
  });

  test('write a journal that is the same for the same seed', async () => {
    const journal = async () => {
      const world = new SmallWorld({ 'lambda:Invoke': { Payload: '1' } }, 3);
      await world.run({
        Split: {
          Type: 'Parallel',
          Branches: ['A', 'B'].map((name) => ({
            StartAt: `${name}1`,
            States: {
              [`${name}1`]: {
                Type: 'Task',
                Resource: 'arn:aws:states:::lambda:invoke',
                Arguments: { FunctionName: '{% $uuid() %}' },
                Next: name,
              },
              [name]: { Type: 'Wait', Seconds: '{% $round($random() * 100) %}', ...end },
            },
          })),
          ...end,
        },
      });
      return world.journal.text();
    };
    const text = await journal();
    expect(await journal()).toBe(text);
    expect(text).toMatch(/states\/machine-1\/[0-9a-f-]{36} entered Split/);
  });

  test('time out as a whole', async () => {
    const ended = await new SmallWorld().run(wait, {}, { TimeoutSeconds: 10 });

    expect([ended.status, ended.view.error]).toEqual(['TIMED_OUT', undefined]);
    expect(ended.view.stopMs! - ended.view.startMs).toBe(10_000);
    expect(ended.trace).toEqual(['1<0 ExecutionStarted', '2<0 WaitStateEntered', '3<0 ExecutionTimedOut']);
  });

  test('are stopped at once, with the events AWS writes', async () => {
    const world = new SmallWorld();
    const executionArn = world.start(world.machine(wait));
    await world.clock.advance(1000);
    world.call('StopExecution', { executionArn });
    await world.clock.advance(100_000);

    const ended = new Ended(world.states.execution(executionArn));
    expect(ended.trace).toEqual(['1<0 ExecutionStarted', '2<0 WaitStateEntered', '3<0 ExecutionAborted']);
  });

  test('end at 25,000 events', async () => {
    const ended = await new SmallWorld().run({
      Again: { Type: 'Pass', Next: 'More?' },
      'More?': { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Again' }], Default: 'Done' },
      Done: { Type: 'Succeed' },
    });

    expect(ended.view.history).toHaveLength(25_000);
    expect([ended.status, ended.view.error]).toEqual(['FAILED', 'States.Runtime']);
    expect(ended.types.at(-1)).toBe('ExecutionFailed');
  });

  test('keep the definition they started with', async () => {
    const world = new SmallWorld();
    const stateMachineArn = world.machine({ Rest: { Type: 'Wait', Seconds: 60, Output: 'old', ...end } });
    const running = world.start(stateMachineArn);
    const definition = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'New',
      States: { New: { Type: 'Succeed', Output: 'new' } },
    });
    world.call('UpdateStateMachine', { stateMachineArn, definition });

    expect((await world.ended(running)).output).toBe('old');
    expect((await world.ended(world.start(stateMachineArn))).output).toBe('new');
    expect(world.call('DescribeStateMachine', { stateMachineArn })).toMatchObject({
      definition,
      type: 'STANDARD',
      status: 'ACTIVE',
    });
  });
});

describe('GetExecutionHistory', () => {
  test('gives pages, in both orders', async () => {
    const world = new SmallWorld();
    const { view } = await world.run(pass);
    const ids = (input: object): [number[], string | undefined] => {
      const { events, nextToken } = world.call('GetExecutionHistory', {
        executionArn: view.arn,
        ...input,
      }) as {
        events: { id: number }[];
        nextToken?: string;
      };
      return [events.map(({ id }) => id), nextToken];
    };

    const [first, nextToken] = ids({ maxResults: 3 });
    expect(first).toEqual([1, 2, 3]);
    expect(ids({ maxResults: 3, nextToken })).toEqual([[4], undefined]);
    expect(ids({ reverseOrder: true, maxResults: 2 })[0]).toEqual([4, 3]);
    expect(refusal(() => ids({ nextToken: 'x' }))).toContain('InvalidToken');
  });
});

describe('lists', () => {
  test('name machines in order and executions latest first, by status', async () => {
    const world = new SmallWorld();
    const [b, a] = [world.machine(pass, { name: 'b' }), world.machine(wait, { name: 'a' })];
    await world.ended(world.start(b, {}, 'one'));
    await world.ended(world.start(b, {}, 'two'));
    world.start(a, {}, 'open');
    const names = (input: object) =>
      (world.call('ListExecutions', input) as { executions: { name: string }[] }).executions.map(
        ({ name }) => name,
      );

    expect(world.call('ListStateMachines', {})).toMatchObject({
      stateMachines: [{ name: 'a' }, { name: 'b' }],
    });
    expect(names({ stateMachineArn: b })).toEqual(['two', 'one']);
    expect(names({ stateMachineArn: a, statusFilter: 'SUCCEEDED' })).toEqual([]);
  });
});

describe('Express', () => {
  test('runs without a history or events', async () => {
    const world = new SmallWorld();
    const arn = world.start(world.machine(pass, { name: 'wake', type: 'EXPRESS' }), { a: 1 }, 'same');
    const again = world.start(world.machine(pass, { name: 'wake', type: 'EXPRESS' }), { a: 1 }, 'same');

    expect((await world.ended(again)).output).toEqual({ a: 1 });
    expect(arn).toMatch(/:express:wake:same:[0-9a-f-]{36}$/);
    expect(again).not.toBe(arn);
    expect(world.events).toEqual([]);
    for (const operation of ['GetExecutionHistory', 'DescribeExecution', 'StopExecution']) {
      expect(refusal(() => world.call(operation, { executionArn: arn }))).not.toBe('none');
    }
  });

  test('answers at its end when started synchronously, failed or not', async () => {
    const world = new SmallWorld();
    const stateMachineArn = world.machine({ No: { Type: 'Fail', Error: 'No' } }, { type: 'EXPRESS' });
    const answer = await world.call('StartSyncExecution', { stateMachineArn });

    expect(answer).toMatchObject({
      status: 'FAILED',
      error: 'No',
      outputDetails: { included: true },
      billingDetails: { billedDurationInMilliseconds: 100 },
    });
  });

  test('counts redrives in its context object unless somebody waits for its answer', async () => {
    const world = new SmallWorld();
    const states = { Tell: { Type: 'Pass', Output: '{% $keys($states.context.Execution) %}', ...end } };
    const stateMachineArn = world.machine(states, { type: 'EXPRESS' });
    const { output } = await world.ended(world.start(stateMachineArn));
    const answer = (await world.call('StartSyncExecution', { stateMachineArn })) as { output: string };

    expect(output).toEqual(['Id', 'Input', 'StartTime', 'Name', 'RoleArn', 'RedriveCount']);
    expect(JSON.parse(answer.output)).toEqual(['Id', 'Input', 'StartTime', 'Name', 'RoleArn']);
  });

  test('ends after five minutes', async () => {
    const world = new SmallWorld();
    const ended = await world.ended(
      world.start(world.machine({ Rest: { Type: 'Wait', Seconds: 600, ...end } }, { type: 'EXPRESS' })),
    );

    expect([ended.status, ended.view.stopMs! - ended.view.startMs]).toEqual(['TIMED_OUT', 300_000]);
  });
});
