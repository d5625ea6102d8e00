import { AwsError } from '../../../local/aws-error.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const echo = { 'lambda:Invoke': ({ Payload }: { Payload: string }) => ({ StatusCode: 200, Payload }) };
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };

describe('Pass', () => {
  test('hands on its input and remembers variables from the next state on', async () => {
    const ended = await new SmallWorld().run(
      {
        First: { Type: 'Pass', Assign: { seen: '{% $states.input.n %}' }, Next: 'Second' },
        Second: { Type: 'Pass', Assign: { seen: '{% $seen + 1 %}' }, Output: '{% $seen %}', Next: 'Third' },
        Third: { Type: 'Pass', Output: { seen: '{% $seen %}', before: '{% $states.input %}' }, ...end },
      },
      { n: 1 },
    );

    expect(ended.output).toEqual({ seen: 2, before: 1 });
    expect(ended.details('PassStateExited', 1).assignedVariables).toEqual({ seen: '2' });
  });

  test('keeps the text of an input that nothing changes', async () => {
    const world = new SmallWorld();
    const arn = world.machine({ Only: { Type: 'Pass', ...end } });
    const { executionArn } = world.call('StartExecution', { stateMachineArn: arn, input: '[1,  2]' }) as {
      executionArn: string;
    };

    expect((await world.ended(executionArn)).view.output).toBe('[1,  2]');
  });
});

describe('Choice', () => {
  const machine = {
    'Which?': {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.kind = 'a' %}", Assign: { from: 'rule' }, Output: 'A', Next: 'Done' },
        { Condition: '{% $states.input.kind in ["b", "c"] %}', Next: 'Done' },
      ],
      Assign: { from: 'state' },
      Output: 'default',
      Default: 'Done',
    },
    Done: {
      Type: 'Pass',
      Output: { was: '{% $states.input %}', from: '{% $exists($from) ? $from : null %}' },
      ...end,
    },
  };

  test.each([
    ['a', { was: 'A', from: 'rule' }],
    ['b', { was: { kind: 'b' }, from: null }],
    ['z', { was: 'default', from: 'state' }],
  ])('takes the first true rule and its own Assign and Output: %s', async (kind, output) => {
    expect((await new SmallWorld().run(machine, { kind })).output).toEqual(output);
  });

  test('fails with States.NoChoiceMatched without a Default', async () => {
    const ended = await new SmallWorld().run({
      'Which?': { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Done' }] },
      Done: { Type: 'Succeed' },
    });

    expect(ended.view.error).toBe('States.NoChoiceMatched');
    expect(ended.types).toEqual(['ExecutionStarted', 'ChoiceStateEntered', 'ExecutionFailed']);
  });

  test('refuses a condition that is only truthy', async () => {
    const ended = await new SmallWorld().run(
      {
        'Which?': {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.n %}', Next: 'Done' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
      { n: 1 },
    );

    expect(ended.view.error).toBe('States.QueryEvaluationError');
    expect(ended.view.cause).toBe(
      "An error occurred while executing the state 'Which?' (entered at the event id #2). " +
        "The JSONata expression '$states.input.n' specified for the field 'Choices[0]/Condition' " +
        "returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });
});

describe('Wait', () => {
  test('lets seconds pass on the world’s clock', async () => {
    const world = new SmallWorld();
    const ended = await world.run(
      { Rest: { Type: 'Wait', Seconds: '{% $states.input.s %}', ...end } },
      { s: 259_200 },
    );

    expect(ended.view.stopMs! - ended.view.startMs).toBe(259_200_000);
  });

  test('waits until a moment, and not at all for one that has passed', async () => {
    const world = new SmallWorld();
    const at = (Timestamp: string) => world.run({ Rest: { Type: 'Wait', Timestamp, ...end } });

    expect((await at('2026-03-02T12:00:00+02:00')).view.stopMs).toBe(Date.parse('2026-03-02T10:00:00Z'));
    const late = await at('2026-03-02T09:00:00Z');
    expect(late.view.stopMs).toBe(late.view.startMs);
  });

  test('refuses a text that is no moment, as an event after the entry', async () => {
    const ended = await new SmallWorld().run({
      Rest: { Type: 'Wait', Timestamp: '{% "2016-12-05T21:29:29" %}', ...end },
    });

    expect(ended.trace).toEqual([
      '1<0 ExecutionStarted',
      '2<0 WaitStateEntered',
      '3<2 EvaluationFailed',
      '4<3 ExecutionFailed',
    ]);
    expect(ended.view.cause).toContain('cannot be parsed as an ISO-8601 extended offset date-time');
  });

  test.each(['2026-02-29T12:00:00Z', '2026-04-31T12:00:00+02:00', '2026-03-02T24:00:00Z'])(
    'refuses %s, which no calendar has',
    async (moment) => {
      const ended = await new SmallWorld().run(
        { Rest: { Type: 'Wait', Timestamp: '{% $states.input %}', ...end } },
        moment,
      );

      expect(ended.view.error).toBe('States.QueryEvaluationError');
    },
  );

  test('takes the last day of February in a leap year', async () => {
    const world = new SmallWorld();
    const ended = await world.run({ Rest: { Type: 'Wait', Timestamp: '2028-02-29T23:59:59Z', ...end } });

    expect(ended.view.status).toBe('TIMED_OUT');
  });
});

describe('Succeed and Fail', () => {
  test('Succeed ends with its Output', async () => {
    const ended = await new SmallWorld().run({ Live: { Type: 'Succeed', Output: { live: true } } });

    expect(ended.types).toEqual([
      'ExecutionStarted',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
    expect(ended.output).toEqual({ live: true });
  });

  test('Fail ends with an error and cause from expressions', async () => {
    const ended = await new SmallWorld().run(
      {
        Broken: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: "{% 'because ' & $states.input.c %}" },
      },
      { e: 'TrainingFailed', c: 42 },
    );

    expect([ended.view.error, ended.view.cause]).toEqual(['TrainingFailed', 'because 42']);
    expect(ended.trace).toEqual(['1<0 ExecutionStarted', '2<0 FailStateEntered', '3<2 ExecutionFailed']);
  });
});

describe('Parallel', () => {
  test('runs branches side by side and gives their outputs in order', async () => {
    const ended = await new SmallWorld().run(
      {
        Both: {
          Type: 'Parallel',
          Arguments: { n: '{% $states.input.n * 2 %}' },
          Branches: [
            { StartAt: 'Slow', States: { Slow: { Type: 'Wait', Seconds: 5, ...end } } },
            { StartAt: 'Fast', States: { Fast: { Type: 'Pass', Output: '{% $states.input.n %}', ...end } } },
          ],
          Assign: { sum: '{% $states.result[0].n + $states.result[1] %}' },
          Next: 'Tell',
        },
        Tell: { Type: 'Pass', Output: '{% $sum %}', ...end },
      },
      { n: 21 },
    );

    expect(ended.output).toBe(84);
    expect(ended.trace.slice(1, 10)).toEqual([
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 WaitStateEntered',
      '5<3 PassStateEntered',
      '6<5 PassStateExited',
      '7<4 WaitStateExited',
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 PassStateEntered',
    ]);
  });

  test('stops the other branches at the first error and offers it to Catch', async () => {
    const world = new SmallWorld();
    const ended = await world.run({
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Long', States: { Long: { Type: 'Wait', Seconds: 3600, ...end } } },
          {
            StartAt: 'Short',
            States: {
              Short: { Type: 'Wait', Seconds: 1, Next: 'Broken' },
              Broken: { Type: 'Fail', Error: 'Oops', Cause: 'c' },
            },
          },
        ],
        Catch: [{ ErrorEquals: ['Oops'], Assign: { failure: '{% $states.errorOutput %}' }, Next: 'Tell' }],
        ...end,
      },
      Tell: { Type: 'Pass', Output: '{% $failure %}', ...end },
    });

    expect(ended.output).toEqual({ Error: 'Oops', Cause: 'c' });
    expect(ended.view.stopMs! - ended.view.startMs).toBe(1000);
    expect(ended.trace.slice(6, 10)).toEqual([
      '7<6 FailStateEntered',
      '8<7 WaitStateAborted',
      '9<7 ParallelStateFailed',
      '10<9 ParallelStateExited',
    ]);
  });
});

describe('Map', () => {
  const processor = {
    StartAt: 'Double',
    States: { Double: { Type: 'Pass', Output: '{% $states.input.v * 2 %}', ...end } },
  };
  const selector = { v: '{% $states.context.Map.Item.Value %}', i: '{% $states.context.Map.Item.Index %}' };

  test('runs one iteration after the other with MaxConcurrency 1, with AWS’s ids', async () => {
    const ended = await new SmallWorld().run({
      Each: {
        Type: 'Map',
        Items: [1, 2],
        ItemSelector: selector,
        MaxConcurrency: 1,
        ItemProcessor: processor,
        ...end,
      },
    });

    expect(ended.output).toEqual([2, 4]);
    expect(ended.trace.slice(1)).toEqual([
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ]);
  });

  test('gives an empty array for no items', async () => {
    const ended = await new SmallWorld().run({ Each: { Type: 'Map', ItemProcessor: processor, ...end } }, []);

    expect(ended.output).toEqual([]);
    expect(ended.trace.slice(2, 5)).toEqual([
      '3<2 MapStateStarted',
      '4<3 MapStateSucceeded',
      '5<3 MapStateExited',
    ]);
  });

  test('gives up the other iterations when one fails', async () => {
    const world = new SmallWorld({
      'lambda:Invoke': async ({ Payload }: { Payload: string }) => {
        if (Payload === '2')
          return { FunctionError: 'Unhandled', Payload: '{"errorType":"Bad","errorMessage":"two"}' };
        return new Promise(() => {});
      },
    });
    const task = { ...invoke, Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' }, ...end };
    const ended = await world.run({
      Each: { Type: 'Map', Items: [1, 2], ItemProcessor: { StartAt: 'Ask', States: { Ask: task } }, ...end },
    });

    expect(ended.view.error).toBe('Bad');
    expect(ended.trace.slice(3)).toEqual([
      '4<3 MapIterationStarted',
      '5<3 MapIterationStarted',
      '6<4 TaskStateEntered',
      '7<6 TaskScheduled',
      '8<5 TaskStateEntered',
      '9<8 TaskScheduled',
      '10<7 TaskStarted',
      '11<9 TaskStarted',
      '12<11 TaskFailed',
      '13<12 MapIterationAborted',
      '14<12 TaskStateAborted',
      '15<12 MapIterationFailed',
      '16<12 TaskStateAborted',
      '17<12 MapStateFailed',
      '18<17 ExecutionFailed',
    ]);
  });

  test('refuses Items that are no array, before the Map has started', async () => {
    const ended = await new SmallWorld().run({
      Each: { Type: 'Map', Items: "{% {'foo': 'bar'} %}", ItemProcessor: processor, ...end },
    });

    expect(ended.trace.slice(1)).toEqual([
      '2<0 MapStateEntered',
      '3<0 EvaluationFailed',
      '4<3 MapStateFailed',
      '5<4 ExecutionFailed',
    ]);
    expect(ended.view.cause).toContain(`Expected 'array', but was 'object' for value: {"foo":"bar"}`);
  });

  test('starts its iterations again on a retry', async () => {
    const broken = { StartAt: 'Broken', States: { Broken: { Type: 'Fail', Error: 'Oops' } } };
    const ended = await new SmallWorld().run({
      Each: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: broken,
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
        ...end,
      },
    });

    expect(ended.trace.slice(4)).toEqual([
      '5<4 FailStateEntered',
      '6<5 MapIterationFailed',
      '7<5 MapStateStarted',
      '8<7 MapIterationStarted',
      '9<8 FailStateEntered',
      '10<9 MapIterationFailed',
      '11<9 MapStateFailed',
      '12<11 ExecutionFailed',
    ]);
  });
});

describe('Task', () => {
  test('invokes a function and gives version, payload and status', async () => {
    const world = new SmallWorld(echo);
    const ended = await world.run(
      {
        Ask: {
          ...invoke,
          Arguments: { FunctionName: 'judge', Payload: { q: '{% $states.input.q %}' } },
          ...end,
        },
      },
      { q: 1 },
    );

    expect(ended.output).toMatchObject({ ExecutedVersion: '$LATEST', Payload: { q: 1 }, StatusCode: 200 });
    expect(world.calls[0]).toMatchObject({
      service: 'lambda',
      operation: 'Invoke',
      caller: { arn: expect.stringContaining('role/machine'), via: 'state', sourceArn: ended.view.arn },
    });
    expect(ended.details('TaskScheduled')).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'eu-west-1',
      parameters: '{"FunctionName":"judge","Payload":{"q":1}}',
    });
  });

  test('takes a function’s ARN as its resource, with events of its own', async () => {
    const Resource = 'arn:aws:lambda:eu-west-1:123456789012:function:judge';
    const ended = await new SmallWorld(echo).run({
      Ask: { Type: 'Task', Resource, Arguments: { a: 1 }, ...end },
    });

    expect(ended.output).toEqual({ a: 1 });
    expect(ended.types.slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
  });

  test('names a function’s error as the function does, with the answer as cause', async () => {
    const Payload = '{"errorType":"EvidenceNotReadyError","errorMessage":"later","trace":["at x"]}';
    const world = new SmallWorld({
      'lambda:Invoke': { StatusCode: 200, FunctionError: 'Unhandled', Payload },
    });
    const ended = await world.run({ Ask: { ...invoke, Arguments: { FunctionName: 'f' }, ...end } });

    expect([ended.view.error, ended.view.cause]).toEqual(['EvidenceNotReadyError', Payload]);
  });

  test.each([
    ['arn:aws:states:::lambda:invoke', 'lambda', { FunctionName: 'f' }],
    ['arn:aws:lambda:eu-west-1:123456789012:function:f', undefined, {}],
  ])('refuses a result above 256 KiB, which States.ALL takes: %s', async (Resource, name, Arguments) => {
    const world = new SmallWorld({ 'lambda:Invoke': { Payload: JSON.stringify('x'.repeat(262_144)) } });
    const ended = await world.run({
      Ask: {
        Type: 'Task',
        Resource,
        Arguments,
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'No' }],
        ...end,
      },
      No: { Type: 'Succeed' },
    });

    expect(ended.output).toEqual({
      Error: 'States.DataLimitExceeded',
      Cause: `The state/task '${name ?? Resource}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  });

  test('lets no States.ALL take an output above 256 KiB that the state itself made', async () => {
    const world = new SmallWorld({ 'lambda:Invoke': { Payload: JSON.stringify('x'.repeat(200_000)) } });
    const ended = await world.run({
      Ask: {
        ...invoke,
        Arguments: { FunctionName: 'f' },
        Output: '{% [$states.result.Payload, $states.result.Payload] %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'No' }],
        ...end,
      },
      No: { Type: 'Succeed' },
    });

    expect([ended.status, ended.view.error]).toEqual(['FAILED', 'States.DataLimitExceeded']);
  });

  test('times out after TimeoutSeconds, given as an expression', async () => {
    const world = new SmallWorld({ 'lambda:Invoke': () => new Promise(() => {}) });
    const ended = await world.run(
      {
        Ask: { ...invoke, Arguments: { FunctionName: 'f' }, TimeoutSeconds: '{% $states.input.s %}', ...end },
      },
      { s: 30 },
    );

    expect(ended.view.error).toBe('States.Timeout');
    expect(ended.view.stopMs! - ended.view.startMs).toBe(30_000);
    expect(ended.trace.slice(2)).toEqual([
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskTimedOut',
      '6<5 ExecutionFailed',
    ]);
    expect(ended.details('TaskScheduled').timeoutInSeconds).toBe(30);
  });

  test('fails with a query error before it is scheduled when an argument is nothing', async () => {
    const ended = await new SmallWorld(echo).run({
      Ask: { ...invoke, Arguments: { FunctionName: '{% $doesNotExist %}' }, ...end },
    });

    expect(ended.trace.slice(1)).toEqual([
      '2<0 TaskStateEntered',
      '3<0 EvaluationFailed',
      '4<3 ExecutionFailed',
    ]);
    expect(ended.details('EvaluationFailed')).toEqual({
      error: 'States.QueryEvaluationError',
      location: 'Arguments/FunctionName',
      state: 'Ask',
      cause:
        "An error occurred while executing the state 'Ask' (entered at the event id #2). The JSONata expression " +
        "'$doesNotExist' specified for the field 'Arguments/FunctionName' returned nothing (undefined).",
    });
  });

  test('shows a fault of the local world itself instead of hanging', async () => {
    const world = new SmallWorld({
      'lambda:Invoke': () => {
        throw new TypeError('a stand-in broke');
      },
    });
    const ended = await world.run({ Ask: { ...invoke, Arguments: { FunctionName: 'f' }, ...end } });

    expect(ended.view.error).toBe('States.Runtime');
    expect(ended.view.cause).toContain('a stand-in broke');
  });

  test('is refused by an unanswered service under that service’s base exception', async () => {
    const world = new SmallWorld({
      'sagemaker:DescribeEndpoint': () => {
        throw new AwsError('ValidationException', 'Could not find endpoint');
      },
    });
    const ended = await world.run({
      Look: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sagemaker:describeEndpoint',
        Arguments: { EndpointName: 'none' },
        ...end,
      },
    });

    expect(ended.view.error).toBe('SageMaker.SageMakerException');
    expect(ended.view.cause).toMatch(
      /^Could not find endpoint \(Service: SageMaker, Status Code: 400, Request ID: /,
    );
  });
});
