import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { AwsError, LostAnswer } from '../../../local/aws-error.ts';
import type { Operation } from '../../../local/service.ts';
import { accessKeyOf } from '../../../local/services/lambda/access-key.ts';
import { allow, arnOf, giveRole } from '../support/roles.ts';
import { serve, signedFor } from './served.ts';

const machine = arnOf('states', 'stateMachine:release');
const execution = arnOf('states', 'execution:release:one');
const startDate = new Date('2026-03-02T09:00:00.250Z');

const open = async (operations: Readonly<Record<string, Operation>>) => {
  const served = await serve({ services: { stepfunctions: operations } });
  const client = (accessKeyId: string): SFNClient =>
    served.client(SFNClient, { credentials: { accessKeyId, secretAccessKey: 'local' } });
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(served.url, {
      method: 'POST',
      body,
      headers: {
        authorization: signedFor('states'),
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AWSStepFunctions.StartExecution',
        ...headers,
      },
    });
  return { world: served.world, client, post };
};

test('answers an SDK client in the name of the role whose key it holds', async () => {
  let asked: unknown;
  const { world, client } = await open({
    StartExecution: (input, caller) => {
      asked = { input, caller };
      return { executionArn: execution, startDate };
    },
  });
  const role = giveRole(world, 'route-events', allow('states:StartExecution', machine));

  const answer = await client(accessKeyOf(role)).send(
    new StartExecutionCommand({
      stateMachineArn: machine,
      name: 'one',
      input: '{"pipeline":"flight-delay"}',
    }),
  );

  expect(answer).toMatchObject({ executionArn: execution, startDate });
  expect(asked).toEqual({
    input: { stateMachineArn: machine, name: 'one', input: '{"pipeline":"flight-delay"}' },
    caller: { arn: role, via: 'function' },
  });
});

test('gives SDK clients errors that they can name', async () => {
  const { world, client } = await open({
    DescribeExecution: () => {
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${execution}'`);
    },
  });
  const role = giveRole(world, 'nobody');
  const describe = new DescribeExecutionCommand({ executionArn: execution });

  await expect(client('test').send(describe)).rejects.toMatchObject({
    name: 'ExecutionDoesNotExist',
    message: `Execution Does Not Exist: '${execution}'`,
    $metadata: { httpStatusCode: 400 },
  });
  await expect(client(accessKeyOf(role)).send(describe)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  await expect(client('AKIASTRANGER').send(describe)).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
});

test.each([
  ['a body that is not JSON', '{', {}, 400, 'SerializationException'],
  ['a body that is no object', '[]', {}, 400, 'SerializationException'],
  ['an input that AWS refuses', '{}', {}, 400, 'ValidationException'],
  ['no signature', '{}', { authorization: '' }, 403, 'MissingAuthenticationTokenException'],
  [
    'an operation that is not there',
    '{}',
    { 'x-amz-target': 'AWSStepFunctions.CreateActivity' },
    501,
    'NotModelled',
  ],
  ['a service that is not there', '{}', { 'x-amz-target': 'AmazonSSM.GetParameter' }, 501, 'NotModelled'],
  [
    'a body that is too large',
    `{"input":"${'x'.repeat(17 * 1024 * 1024)}"}`,
    {},
    413,
    'RequestEntityTooLargeException',
  ],
])('answers %s in the shape of an AWS error', async (_, body, headers, status, code) => {
  const { post } = await open({ StartExecution: () => ({}) });

  const response = await post(body, headers);

  expect(response.status).toBe(status);
  expect(response.headers.get('x-amzn-errortype')).toBe(code);
  expect(await response.json()).toEqual({ __type: code, message: expect.any(String) });
});

test('names a service that is not in this world', async () => {
  const { post } = await open({});
  const authorization = signedFor('ssm');

  const response = await post('', { authorization, 'x-amz-target': 'AmazonSSM.GetParameter' });

  expect(response.status).toBe(501);
  expect(await response.text()).toContain('docs/fidelity.md');
});

test('cuts the connection where an answer is to be lost', async () => {
  const { post } = await open({
    StartExecution: () => {
      throw new LostAnswer();
    },
  });

  await expect(post(JSON.stringify({ stateMachineArn: machine }))).rejects.toThrow('fetch failed');
});

test('shows nothing of its inside when it fails', async () => {
  const { world, post } = await open({
    StartExecution: () => {
      throw new TypeError('x is not a function');
    },
  });

  const response = await post(JSON.stringify({ stateMachineArn: machine }));

  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    __type: 'InternalFailure',
    message: 'The local world failed on this request: x is not a function',
  });
  expect(world.journal.text()).toContain('internal failure: x is not a function');
});

test('reads and writes times and bytes as the JSON protocols do', async () => {
  let told: unknown;
  const PutMetricData: Operation = (input) => {
    told = input;
    return { At: new Date(1500), Bytes: new Uint8Array([1, 2, 3]) };
  };
  const { url } = await serve({ services: { cloudwatch: { PutMetricData } } });

  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ Namespace: 'Test', MetricData: [{ MetricName: 'm', Timestamp: 1.5, Value: 1 }] }),
    headers: {
      authorization: signedFor('monitoring'),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
    },
  });

  expect(told).toEqual({
    Namespace: 'Test',
    MetricData: [{ MetricName: 'm', Timestamp: new Date(1500), Value: 1 }],
  });
  expect(await response.json()).toEqual({ At: 1.5, Bytes: 'AQID' });
});
