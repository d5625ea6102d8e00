import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { openEmptyWorld } from '../../../local/open-world.ts';
import type { World } from '../../../local/world.ts';

const Role = 'arn:aws:iam::123456789012:role/any';

let world: World;
let lambda: LambdaClient;
beforeEach(async () => {
  world = await openEmptyWorld();
  lambda = new LambdaClient({
    endpoint: world.endpointUrl,
    region: world.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  lambda.destroy();
  await world.close();
});

const zip = (code: string): Uint8Array => zipSync({ 'index.mjs': Buffer.from(code) });

const doubling = {
  FunctionName: 'double',
  Role,
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Code: { ZipFile: zip('export const handler = async ({ n }) => ({ twice: 2 * n * process.env.FACTOR });') },
  Environment: { Variables: { FACTOR: '1' } },
  Timeout: 10,
} as const;

test('a function that is made by a call answers calls', async () => {
  const made = await lambda.send(new CreateFunctionCommand(doubling));
  const { Payload, StatusCode } = await lambda.send(
    new InvokeCommand({ FunctionName: 'double', Payload: Buffer.from('{"n":21}') }),
  );

  expect(made).toMatchObject({ FunctionName: 'double', Timeout: 10, MemorySize: 128, State: 'Active' });
  expect(StatusCode).toBe(200);
  expect(JSON.parse(Buffer.from(Payload!).toString())).toEqual({ twice: 42 });
});

test('a state machine runs it, here from code in a bucket', async () => {
  world.s3.createBucket('code', { eventBridge: false, versioned: false });
  world.s3.put('code', 'double.zip', doubling.Code.ZipFile);
  const Code = { S3Bucket: 'code', S3Key: 'double.zip' };
  const { FunctionArn } = await lambda.send(new CreateFunctionCommand({ ...doubling, Code }));
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Double',
    States: {
      Double: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: FunctionArn, Payload: { n: 4 } },
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    },
  });
  const call = async (operation: string, input: object) =>
    (await world.door.call({
      service: 'stepfunctions',
      operation,
      input,
      caller: world.person,
    })) as Record<string, string>;
  const { stateMachineArn } = await call('CreateStateMachine', { name: 'm', roleArn: Role, definition });
  const { executionArn } = await call('StartExecution', { stateMachineArn });
  await world.clock.runUntil(() => world.stepfunctions.execution(executionArn!).status !== 'RUNNING');

  expect(world.stepfunctions.execution(executionArn!).output).toBe('{"twice":8}');
});

test('functions are listed, described and deleted', async () => {
  await lambda.send(new CreateFunctionCommand(doubling));
  await lambda.send(new CreateFunctionCommand({ ...doubling, FunctionName: 'another' }));
  const first = await lambda.send(new ListFunctionsCommand({ MaxItems: 1 }));
  const second = await lambda.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'double' }));

  expect([...first.Functions!, ...second.Functions!].map(({ FunctionName }) => FunctionName)).toEqual([
    'double',
    'another',
  ]);
  expect(second.NextMarker).toBeUndefined();
  await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'double' }))).rejects.toThrow(
    'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:double:$LATEST',
  );
});

test.each([
  ['twice', {}, 'ResourceConflictException', 'Function already exist: double'],
  [
    'without its code',
    { FunctionName: 'x', Code: { S3Bucket: 'code', S3Key: 'nothing.zip' } },
    'InvalidParameterValueException',
    'Error occurred while GetObject. S3 Error Code: NoSuchKey',
  ],
  [
    'with a variable of Lambda’s own',
    { FunctionName: 'x', Environment: { Variables: { AWS_REGION: 'x' } } },
    'InvalidParameterValueException',
    'Reserved keys used in this request: AWS_REGION',
  ],
  ['in Python', { FunctionName: 'x', Runtime: 'python3.13' }, 'NotModelled', 'docs/fidelity.md'],
  [
    'from no zip',
    { FunctionName: 'x', Code: { ZipFile: Buffer.from('x') } },
    'InvalidZipFileException',
    'Could not unzip uploaded file.',
  ],
])('a function is not made %s', async (_, more, name, message) => {
  world.s3.createBucket('code', { eventBridge: false, versioned: false });
  await lambda.send(new CreateFunctionCommand(doubling));

  const refusal = lambda.send(new CreateFunctionCommand({ ...doubling, ...(more as object) }));
  await expect(refusal).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
});
