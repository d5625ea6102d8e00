import { AwsError } from '../../../local/aws-error.ts';
import type { Call } from '../../../local/door.ts';
import type { World } from '../../../local/world.ts';
import { openAccount } from '../support/open-account.ts';
import { allow, arnOf, giveRole, roleArn } from '../support/roles.ts';

const getItem = { TableName: 'ledger', Key: { pk: { S: 'a' } } };

const callOf = (arn: string, change: Partial<Call> = {}): Call => ({
  service: 'dynamodb',
  operation: 'GetItem',
  input: getItem,
  caller: { arn, via: 'state', sourceArn: arnOf('states', 'execution:release:one') },
  ...change,
});

const worldWithTable = async (): Promise<World> =>
  (await openAccount({ services: { dynamodb: { GetItem: () => ({ Item: {} }) } } })).world;

test('hands a valid and allowed call to the service', async () => {
  const world = await worldWithTable();
  const role = giveRole(world, 'release', allow('dynamodb:GetItem', arnOf('dynamodb', 'table/ledger')));

  expect(await world.door.call(callOf(role))).toEqual({ Item: {} });
});

test('judges the input before the permission', async () => {
  const world = await worldWithTable();
  const role = giveRole(world, 'release', allow('s3:*', '*'));

  await expect(world.door.call(callOf(role, { input: {} }))).rejects.toMatchObject({
    code: 'ValidationException',
  });
});

test('refuses what no policy allows, with the action and the resource', async () => {
  const world = await worldWithTable();
  const role = giveRole(world, 'release', allow('dynamodb:GetItem', arnOf('dynamodb', 'table/other')));

  await expect(world.door.call(callOf(role))).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringMatching(
      /^User: arn:aws:sts::123456789012:assumed-role\/release\/[A-Za-z]{32} is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table\/ledger because no identity-based policy allows the dynamodb:GetItem action$/,
    ),
  });
  expect(world.journal.text()).toContain('door/dynamodb/GetItem refused, AccessDeniedException');
});

test('refuses who is nobody of this world', async () => {
  const world = await worldWithTable();
  giveRole(world, 'somebody');

  await expect(world.door.call(callOf(roleArn('stranger')))).rejects.toMatchObject({
    code: 'UnrecognizedClientException',
  });
});

test('judges nobody in an account that has no role yet', async () => {
  const world = await worldWithTable();

  expect(await world.door.call(callOf(roleArn('anybody')))).toEqual({ Item: {} });
});

test('allows a person everything', async () => {
  const world = await worldWithTable();

  expect(await world.door.call(callOf('', { caller: world.person }))).toEqual({ Item: {} });
});

test('puts a due fault between the permission and the service', async () => {
  let served = 0;
  const fault = new AwsError('ThrottlingException', 'Rate exceeded');
  const { world } = await openAccount({
    services: { dynamodb: { GetItem: () => (served += 1) } },
    scenario: { fault: () => fault },
  });
  const role = giveRole(world, 'release', allow('dynamodb:*', '*'));

  await expect(world.door.call(callOf(role))).rejects.toBe(fault);
  await expect(world.door.call(callOf(giveRole(world, 'other')))).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
  expect(served).toBe(0);
});

test('says plainly what is not modelled', async () => {
  const world = await worldWithTable();

  await expect(
    world.door.call(callOf('', { operation: 'TransactWriteItems', caller: world.person })),
  ).rejects.toMatchObject({
    code: 'NotModelled',
    statusCode: 501,
    message:
      'dynamodb TransactWriteItems is not modelled in this local world; docs/fidelity.md lists what is.',
  });
});

const createModel = (arn: string): Call =>
  callOf(arn, {
    service: 'sagemaker',
    operation: 'CreateModel',
    input: {
      ModelName: 'flight-delay-1',
      ExecutionRoleArn: roleArn('jobs'),
      PrimaryContainer: { Image: 'flight-delay' },
    },
  });

test('asks for iam:PassRole to SageMaker beside the create action', async () => {
  const { world } = await openAccount({ services: { sagemaker: { CreateModel: () => ({}) } } });
  const create = allow('sagemaker:CreateModel', arnOf('sagemaker', 'model/flight-delay-*'));
  const passTo = (service: string) =>
    allow('iam:PassRole', roleArn('jobs'), { StringEquals: { 'iam:PassedToService': service } });

  const without = giveRole(world, 'without', create);
  const toLambda = giveRole(world, 'to-lambda', create, passTo('lambda.amazonaws.com'));
  const right = giveRole(world, 'right', create, passTo('sagemaker.amazonaws.com'));

  const refused = {
    code: 'AccessDeniedException',
    message: expect.stringContaining(`iam:PassRole on resource: ${roleArn('jobs')}`),
  };
  await expect(world.door.call(createModel(without))).rejects.toMatchObject(refused);
  await expect(world.door.call(createModel(toLambda))).rejects.toMatchObject(refused);
  await expect(world.door.call(createModel(right))).resolves.toEqual({});
});

test('lets a rule send to a queue only if the policy of the queue names the rule', async () => {
  const { world } = await openAccount({ services: { sqs: { SendMessage: () => ({ MessageId: '1' }) } } });
  const queueArn = arnOf('sqs', 'events');
  world.iam.setResourcePolicy(queueArn, {
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': arnOf('events', 'rule/uploads') } },
    },
  });
  const send = (rule: string) =>
    world.door.call({
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/events', MessageBody: '{}' },
      caller: { arn: 'events.amazonaws.com', via: 'service', sourceArn: arnOf('events', `rule/${rule}`) },
    });

  await expect(send('uploads')).resolves.toEqual({ MessageId: '1' });
  await expect(send('other')).rejects.toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining('because no resource-based policy allows the sqs:SendMessage action'),
  });
});

test('hides that an object is missing from who may not list the bucket', async () => {
  const GetObject = () => {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  };
  const { world } = await openAccount({ services: { s3: { GetObject } } });
  const reader = giveRole(world, 'reader', allow('s3:GetObject', 'arn:aws:s3:::data/*'));
  const lister = giveRole(
    world,
    'lister',
    allow('s3:GetObject', 'arn:aws:s3:::data/*'),
    allow('s3:ListBucket', 'arn:aws:s3:::data'),
  );
  const get = (arn: string) =>
    world.door.call(
      callOf(arn, { service: 's3', operation: 'GetObject', input: { Bucket: 'data', Key: 'a' } }),
    );

  await expect(get(lister)).rejects.toMatchObject({ code: 'NoSuchKey' });
  await expect(get(reader)).rejects.toMatchObject({
    code: 'AccessDenied',
    statusCode: 403,
    message: expect.stringContaining('s3:ListBucket on resource: "arn:aws:s3:::data"'),
  });
});

test('counts what each role did', async () => {
  const world = await worldWithTable();
  const role = giveRole(world, 'release', allow('dynamodb:GetItem', '*'));
  await world.door.call(callOf(role));
  await world.door.call(callOf(role));
  await world.door.call(callOf(role, { operation: 'GetItem', input: getItem }));
  world.door.allows(role, 'events:PutRule', '*');

  expect(world.door.usage()).toEqual([
    {
      roleArn: role,
      action: 'dynamodb:GetItem',
      resource: arnOf('dynamodb', 'table/ledger'),
      count: 3,
      refused: 0,
    },
    { roleArn: role, action: 'events:PutRule', resource: '*', count: 0, refused: 1 },
  ]);
});
