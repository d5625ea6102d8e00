import { AwsError } from '../../../local/aws-error.ts';
import { golden } from './support/golden.ts';
import { SmallWorld } from './support/small-world.ts';

const end = { End: true };
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const judge = { FunctionName: 'judge', Payload: { model: '{% $states.input.model %}' } };

describe('a whole history', () => {
  test('tells of retries with back-off, up to the longest delay', async () => {
    const world = new SmallWorld({
      'lambda:Invoke': () => {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
      },
    });
    const ended = await world.run({
      Judge: {
        ...invoke,
        Arguments: { FunctionName: 'judge', Payload: { try: '{% $states.context.State.RetryCount %}' } },
        Retry: [
          {
            ErrorEquals: ['Lambda.TooManyRequestsException'],
            IntervalSeconds: 2,
            BackoffRate: 3,
            MaxAttempts: 3,
            MaxDelaySeconds: 10,
          },
        ],
        ...end,
      },
    });

    const attempt = (count: number) =>
      `{ resource: 'invoke', parameters: { FunctionName: 'judge', Payload: { try: ${count} } } }`;
    const refusal =
      "error: 'Lambda.TooManyRequestsException', cause: 'Rate Exceeded. (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: <id>; Proxy: null)'";
    expect(golden(ended.view.history)).toEqual([
      '0s 1<0 ExecutionStarted { input: {} }',
      "0s 2<0 TaskStateEntered { name: 'Judge', input: {} }",
      `0s 3<2 TaskScheduled ${attempt(0)}`,
      "0s 4<3 TaskStarted { resource: 'invoke' }",
      `0s 5<4 TaskFailed { resource: 'invoke', ${refusal} }`,
      `2s 6<5 TaskScheduled ${attempt(1)}`,
      "2s 7<6 TaskStarted { resource: 'invoke' }",
      `2s 8<7 TaskFailed { resource: 'invoke', ${refusal} }`,
      `8s 9<8 TaskScheduled ${attempt(2)}`,
      "8s 10<9 TaskStarted { resource: 'invoke' }",
      `8s 11<10 TaskFailed { resource: 'invoke', ${refusal} }`,
      `18s 12<11 TaskScheduled ${attempt(3)}`,
      "18s 13<12 TaskStarted { resource: 'invoke' }",
      `18s 14<13 TaskFailed { resource: 'invoke', ${refusal} }`,
      `18s 15<14 ExecutionFailed { ${refusal} }`,
    ]);
  });

  test('tells of a caught error, with what the catcher assigns and hands on', async () => {
    const Payload = '{"errorType":"NoEvidenceError","errorMessage":"none"}';
    const world = new SmallWorld({
      'lambda:Invoke': { StatusCode: 200, FunctionError: 'Unhandled', Payload },
    });
    const ended = await world.run(
      {
        Judge: {
          ...invoke,
          Arguments: judge,
          Catch: [
            { ErrorEquals: ['OtherError'], Next: 'Give up' },
            {
              ErrorEquals: ['NoEvidenceError'],
              Assign: { why: '{% $states.errorOutput.Error %}' },
              Output: { model: '{% $states.input.model %}' },
              Next: 'Give up',
            },
          ],
          ...end,
        },
        'Give up': { Type: 'Fail', Error: '{% $why %}', Cause: "{% 'of ' & $states.input.model %}" },
      },
      { model: 'm-1' },
    );

    expect(golden(ended.view.history)).toEqual([
      "0s 1<0 ExecutionStarted { input: { model: 'm-1' } }",
      "0s 2<0 TaskStateEntered { name: 'Judge', input: { model: 'm-1' } }",
      "0s 3<2 TaskScheduled { resource: 'invoke', parameters: { FunctionName: 'judge', Payload: { model: 'm-1' } } }",
      "0s 4<3 TaskStarted { resource: 'invoke' }",
      "0s 5<4 TaskFailed { resource: 'invoke', error: 'NoEvidenceError', cause: { errorType: 'NoEvidenceError', errorMessage: 'none' } }",
      "0s 6<5 TaskStateExited { name: 'Judge', output: { model: 'm-1' }, assignedVariables: { why: '\"NoEvidenceError\"' } }",
      "0s 7<6 FailStateEntered { name: 'Give up', input: { model: 'm-1' } }",
      "0s 8<7 ExecutionFailed { error: 'NoEvidenceError', cause: 'of m-1' }",
    ]);
  });

  test.each([
    [
      'lambda:invoke',
      { 'lambda:Invoke': { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: '{"ok": true}' } },
      { FunctionName: 'judge' },
      ['ExecutedVersion', 'Payload', 'SdkHttpMetadata', 'SdkResponseMetadata', 'StatusCode'],
      {
        Connection: 'keep-alive',
        'Content-Length': '12',
        'Content-Type': 'application/json',
        Date: 'Mon, 02 Mar 2026 09:00:00 GMT',
        'X-Amz-Executed-Version': '$LATEST',
        'x-amzn-Remapped-Content-Length': '0',
        'x-amzn-RequestId': expect.any(String),
        'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};/),
      },
    ],
    [
      'dynamodb:putItem',
      { 'dynamodb:PutItem': {} },
      { TableName: 'ledger', Item: { pk: { S: 'a' } } },
      ['SdkHttpMetadata', 'SdkResponseMetadata'],
      {
        Connection: 'keep-alive',
        'Content-Length': '2',
        'Content-Type': 'application/x-amz-json-1.0',
        Date: 'Mon, 02 Mar 2026 09:00:00 GMT',
        Server: 'Server',
        'x-amz-crc32': '2745614147',
        'x-amzn-RequestId': expect.any(String),
      },
    ],
    [
      'sns:publish',
      { 'sns:Publish': { MessageId: 'm' } },
      { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:t', Message: 'x' },
      ['MessageId', 'SdkHttpMetadata', 'SdkResponseMetadata'],
      {
        connection: 'keep-alive',
        'Content-Length': '294',
        'Content-Type': 'text/xml',
        Date: 'Mon, 02 Mar 2026 09:00:00 GMT',
        'x-amzn-RequestId': expect.any(String),
      },
    ],
  ])('tells of a response with the headers of %s', async (resource, answers, Arguments, members, headers) => {
    const ended = await new SmallWorld(answers).run({
      Only: {
        Type: 'Task',
        Resource: `arn:aws:states:::${resource}`,
        Arguments,
        Assign: { kept: '{% $states.result %}' },
        ...end,
      },
    });

    const output = JSON.parse(ended.details('TaskSucceeded').output as string);
    expect(Object.keys(output)).toEqual(members);
    expect(output.SdkHttpMetadata.HttpHeaders).toEqual(headers);
    expect(output.SdkHttpMetadata.AllHttpHeaders.Date).toEqual([output.SdkHttpMetadata.HttpHeaders.Date]);
    expect(output.SdkResponseMetadata.RequestId).toBe(output.SdkHttpMetadata.HttpHeaders['x-amzn-RequestId']);
    // Whoever reads the value finds what the text says.
    const { assignedVariables } = ended.details('TaskStateExited') as { assignedVariables: { kept: string } };
    expect(JSON.parse(assignedVariables.kept)).toEqual(output);
  });

  test('tells of branches and iterations that are given up', async () => {
    const world = new SmallWorld({ 'sqs:SendMessage': { MessageId: 'm' } });
    const ask = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: {
        QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q',
        MessageBody: 'to whom it may concern',
      },
      ...end,
    };
    const ended = await world.run({
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Each',
            States: {
              Each: {
                Type: 'Map',
                Items: [1, 2],
                ItemProcessor: { StartAt: 'Ask', States: { Ask: ask } },
                ...end,
              },
            },
          },
          {
            StartAt: 'Wait',
            States: {
              Wait: { Type: 'Wait', Seconds: 5, Next: 'Break' },
              Break: { Type: 'Fail', Error: 'Broken' },
            },
          },
        ],
        ...end,
      },
    });

    const question =
      "parameters: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q', MessageBody: 'to whom it may concern' }";
    expect(golden(ended.view.history)).toEqual([
      '0s 1<0 ExecutionStarted { input: {} }',
      "0s 2<0 ParallelStateEntered { name: 'Both', input: {} }",
      '0s 3<2 ParallelStateStarted',
      "0s 4<3 MapStateEntered { name: 'Each', input: {} }",
      "0s 5<3 WaitStateEntered { name: 'Wait', input: {} }",
      '0s 6<4 MapStateStarted { length: 2 }',
      "0s 7<6 MapIterationStarted { name: 'Each', index: 0 }",
      "0s 8<6 MapIterationStarted { name: 'Each', index: 1 }",
      "0s 9<7 TaskStateEntered { name: 'Ask', input: '1' }",
      `0s 10<9 TaskScheduled { resource: 'sendMessage.waitForTaskToken', ${question} }`,
      "0s 11<8 TaskStateEntered { name: 'Ask', input: '2' }",
      `0s 12<11 TaskScheduled { resource: 'sendMessage.waitForTaskToken', ${question} }`,
      "0s 13<10 TaskStarted { resource: 'sendMessage.waitForTaskToken' }",
      "0s 14<12 TaskStarted { resource: 'sendMessage.waitForTaskToken' }",
      "0s 15<13 TaskSubmitted { resource: 'sendMessage.waitForTaskToken', output: { MessageId: 'm' } }",
      "0s 16<14 TaskSubmitted { resource: 'sendMessage.waitForTaskToken', output: { MessageId: 'm' } }",
      "5s 17<5 WaitStateExited { name: 'Wait', output: {} }",
      "5s 18<17 FailStateEntered { name: 'Break', input: {} }",
      "5s 19<18 MapIterationAborted { name: 'Each', index: 0 }",
      '5s 20<18 TaskStateAborted',
      "5s 21<18 MapIterationAborted { name: 'Each', index: 1 }",
      '5s 22<18 TaskStateAborted',
      '5s 23<18 MapStateAborted',
      '5s 24<18 ParallelStateFailed',
      "5s 25<24 ExecutionFailed { error: 'Broken' }",
    ]);
  });

  test('ends with the machine’s own time-out, whatever is under way', async () => {
    const world = new SmallWorld({ 'lambda:Invoke': () => new Promise(() => {}) });
    const ended = await world.run(
      { Judge: { ...invoke, Arguments: { FunctionName: 'judge' }, ...end } },
      {},
      { TimeoutSeconds: 90 },
    );

    expect(golden(ended.view.history)).toEqual([
      '0s 1<0 ExecutionStarted { input: {} }',
      "0s 2<0 TaskStateEntered { name: 'Judge', input: {} }",
      "0s 3<2 TaskScheduled { resource: 'invoke', parameters: { FunctionName: 'judge' } }",
      "0s 4<3 TaskStarted { resource: 'invoke' }",
      '90s 5<0 ExecutionTimedOut',
    ]);
  });
});
