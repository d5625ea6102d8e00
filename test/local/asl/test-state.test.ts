import { invoke, jsonata, parallel, ROLE, tested } from './support/tested.ts';

const read = { ...jsonata, Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject' };

const { world, call, testState, refusal } = tested();

describe('A state of its own', () => {
  test('gives its output, its next state and the variables after it', async () => {
    const state = {
      ...jsonata,
      Type: 'Pass',
      End: undefined,
      Next: 'B',
      Output: '{% $states.input.n + $m %}',
      Assign: { k: '{% $m * 2 %}' },
    };

    const answer = await testState(state, {
      input: { n: 1 },
      variables: '{"m": 2}',
      inspectionLevel: 'DEBUG',
    });

    expect(answer).toEqual({
      status: 'SUCCEEDED',
      output: '3',
      nextState: 'B',
      inspectionData: { input: '{"n":1}', variables: '{"m":2,"k":4}' },
    });
  });

  test('tells nothing of what it saw unless it is asked', async () => {
    expect(await testState({ ...jsonata, Type: 'Pass' }, { input: { a: 1 } })).toEqual({
      status: 'SUCCEEDED',
      output: '{"a":1}',
    });
  });

  test('believes itself in an Express execution that nobody can find', async () => {
    const { output } = await testState({ ...jsonata, Type: 'Pass', Output: '{% $states.context %}' });

    const { Execution, State, StateMachine } = JSON.parse(output!);
    expect(Execution.Id).toBe(
      `arn:aws:states:eu-west-1:123456789012:express:${StateMachine.Name}:${Execution.Name}`,
    );
    expect(Execution).toMatchObject({ Input: {}, RoleArn: null });
    expect(State).toEqual({ Name: 'StateName', EnteredTime: '2026-03-02T09:00:00.000Z' });
    expect(world().stepfunctions.executions()).toEqual([]);
  });

  test('fails with its own error, or with what its expressions come to', async () => {
    const fail = { QueryLanguage: 'JSONata', Type: 'Fail', Error: 'No', Cause: '{% $states.input.why %}' };
    expect(await testState(fail, { input: { why: 'because' } })).toEqual({
      status: 'FAILED',
      error: 'No',
      cause: 'because',
    });
    expect(await testState(fail)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  test('waits as long as it says', async () => {
    const before = world().clock.now();
    const waited = testState({ ...jsonata, Type: 'Wait', Seconds: 60 });
    let status: string | undefined;
    void waited.then((answer) => {
      status = answer.status;
    });
    await world().clock.runUntil(() => status !== undefined);
    expect([status, world().clock.now() - before]).toEqual(['SUCCEEDED', 60_000]);
  });
});

describe('A state of a machine', () => {
  const machine = {
    QueryLanguage: 'JSONata',
    StartAt: 'A',
    States: {
      A: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'B' }],
        Default: 'C',
      },
      B: { ...parallel, QueryLanguage: undefined, End: true },
      C: { Type: 'Fail', Error: 'Few' },
    },
  };

  test.each([
    ['A', { n: 2 }, { status: 'SUCCEEDED', nextState: 'B', output: '{"n":2}' }],
    ['A', { n: 1 }, { status: 'SUCCEEDED', nextState: 'C', output: '{"n":1}' }],
    ['Y', { n: 1 }, { status: 'SUCCEEDED', output: '{"n":1}' }],
    ['C', {}, { status: 'FAILED', error: 'Few' }],
  ])('is found by its name, however deep: %s with %j', async (stateName, input, answer) => {
    expect(await testState(machine, { stateName, input })).toEqual(answer);
  });

  test('is not found by another', async () => {
    expect(await refusal(machine, { stateName: 'Z' })).toBe(
      'ValidationException: State not found in definition',
    );
  });

  test('is not tested in a machine that AWS would refuse', async () => {
    const faulty = { ...machine, States: { ...machine.States, D: { Type: 'Loop' } } };
    expect(await refusal(faulty, { stateName: 'A' })).toBe(
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/D/Type'",
    );
  });
});

describe('A Task without a mock', () => {
  beforeEach(async () => {
    await call('s3', 'CreateBucket', {
      Bucket: 'books',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });
    await call('s3', 'PutObject', { Bucket: 'books', Key: 'one', Body: 'once upon a time' });
    world().iam.addRole({
      arn: ROLE,
      trust: { Version: '2012-10-17', Statement: [] },
      policies: [
        {
          name: 'read',
          document: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' }],
          },
        },
      ],
      managedPolicyArns: [],
    });
  });

  test('calls its service in the role that is given', async () => {
    const state = {
      ...read,
      Arguments: { Bucket: 'books', Key: 'one' },
      Output: '{% $states.result.Body %}',
    };

    const answer = await testState(state, { roleArn: ROLE, inspectionLevel: 'DEBUG' });

    expect(answer).toMatchObject({
      status: 'SUCCEEDED',
      output: '"once upon a time"',
      inspectionData: { input: '{}', afterArguments: '{"Bucket":"books","Key":"one"}' },
    });
    expect(JSON.parse(answer.inspectionData!.result as string)).toMatchObject({ Body: 'once upon a time' });
  });

  test('is refused what the role may not, and would be caught', async () => {
    const state = {
      ...read,
      Arguments: { Bucket: 'letters', Key: 'one' },
      Catch: [{ ErrorEquals: ['S3.S3Exception'], Next: 'No', Output: '{% $states.errorOutput.Error %}' }],
    };
    expect(await testState(state, { roleArn: ROLE })).toMatchObject({
      status: 'CAUGHT_ERROR',
      error: 'S3.S3Exception',
      nextState: 'No',
      output: '"S3.S3Exception"',
    });
  });

  test('needs a role, and does not wait', async () => {
    expect(await refusal(invoke)).toBe(
      'ValidationException: RoleArn must be specified when testing a Task state',
    );
    const job = {
      ...invoke,
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: '{% {} %}',
    };
    expect(await refusal(job, { roleArn: ROLE })).toMatch(
      /^InvalidDefinition: TestState API does not support/,
    );
  });
});
