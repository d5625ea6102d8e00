import { parseResource } from '../../../local/asl/integrations/resource.ts';
import { AwsError } from '../../../local/aws-error.ts';
import { ROLE, SmallWorld } from './support/small-world.ts';

const task = (resource: string, Arguments: unknown) => ({
  Only: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments, End: true },
});

describe('a Task’s resource', () => {
  test.each([
    [
      'arn:aws:states:::sns:publish',
      { style: 'optimized', service: 'sns', operation: 'Publish', pattern: 'request' },
    ],
    [
      'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      { resource: 'sendMessage.waitForTaskToken', pattern: 'token' },
    ],
    [
      'arn:aws:states:::aws-sdk:sfn:describeExecution',
      { resourceType: 'aws-sdk:sfn', service: 'stepfunctions' },
    ],
    ['arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint', { service: 'sagemaker-runtime' }],
    ['arn:aws:states:::aws-sdk:eventbridge:putEvents', { service: 'events' }],
  ])('%s is understood', (arn, parts) => {
    expect(parseResource(arn)).toMatchObject(parts);
  });

  test.each([
    'arn:aws:states:::sagemaker:createModel.sync',
    'arn:aws:states:::aws-sdk:s3:getObject.sync',
    'nonsense',
  ])('%s is not recognized', (arn) => {
    expect(parseResource(arn)).toBeUndefined();
  });

  test('what is not modelled says so', () => {
    expect(parseResource('arn:aws:states:::glue:startJobRun.sync')).toHaveProperty('notModelled');
    expect(parseResource('arn:aws:states:::aws-sdk:iam:getRole')).toHaveProperty('notModelled');
    expect(parseResource('arn:aws:states:eu-west-1:123456789012:activity:sign-off')).toEqual({
      notModelled: 'An activity',
    });
    expect(parseResource('arn:aws:states:::http:invoke')).toEqual({
      notModelled: 'A task that calls an HTTP endpoint',
    });
  });
});

describe('aws-sdk', () => {
  test('speaks PascalCase with a service whose API does not, both ways', async () => {
    const world = new SmallWorld({
      'ecr:DescribeImages': { imageDetails: [{ imageDigest: 'sha256:1', imagePushedAt: new Date(0) }] },
    });
    const ended = await world.run(
      task('aws-sdk:ecr:describeImages', {
        RepositoryName: 'r',
        ImageIds: [{ ImageTag: 'stable' }],
        RegistryId: null,
      }),
    );

    expect(world.calls[0]!.input).toEqual({ repositoryName: 'r', imageIds: [{ imageTag: 'stable' }] });
    expect(ended.output).toEqual({
      ImageDetails: [{ ImageDigest: 'sha256:1', ImagePushedAt: '1970-01-01T00:00:00.000Z' }],
    });
  });

  test('leaves the keys of maps as they are', async () => {
    const world = new SmallWorld({
      'dynamodb:GetItem': { Item: { pk: { S: 'a' }, nested: { M: { inner: { N: '1' } } } } },
    });
    const ended = await world.run(
      task('aws-sdk:dynamodb:getItem', { TableName: 't', Key: { pk: { S: 'a' } } }),
    );

    expect(world.calls[0]!.input).toEqual({ TableName: 't', Key: { pk: { S: 'a' } } });
    expect(ended.output).toEqual({ Item: { pk: { S: 'a' }, nested: { M: { inner: { N: '1' } } } } });
  });

  test('gives an object’s body as text and writes JSON as text', async () => {
    const world = new SmallWorld({
      's3:GetObject': { Body: new TextEncoder().encode('{"auc":0.7}'), ETag: '"e"', Metadata: {} },
      's3:PutObject': {},
    });
    const got = await world.run(task('aws-sdk:s3:getObject', { Bucket: 'b', Key: 'k' }));
    await world.run(task('aws-sdk:s3:putObject', { Bucket: 'b', Key: 'k', Body: { a: 1 } }));

    expect(got.output).toEqual({ Body: '{"auc":0.7}', ETag: '"e"', Metadata: {} });
    expect(world.calls[1]!.input).toMatchObject({ Body: '{"a":1}' });
    await world.run(task('aws-sdk:s3:putObject', { Bucket: 'b', Key: 'k', Body: 'text' }));
    expect(world.calls[2]!.input).toMatchObject({ Body: '"text"', ChecksumAlgorithm: 'CRC32' });
  });

  test('looks for a queue where its URL says', async () => {
    const world = new SmallWorld();
    const Arguments = { QueueUrl: 'http://no-such-queue/1', MessageBody: 'x' };
    const { view } = await world.run({
      Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Arguments, End: true },
    });

    expect(view).toMatchObject({
      error: 'SQS.SdkClientException',
      cause: 'Unable to execute HTTP request: no-such-queue: Name or service not known',
    });
    expect(world.calls).toEqual([]);
  });
});

/** The least that each action has to be asked with. */
const NEEDED: Record<string, object> = {
  getObject: { Bucket: 'b', Key: 'k' },
  putItem: { TableName: 't', Item: {} },
  createModel: { ModelName: 'm', ExecutionRoleArn: ROLE },
  invoke: { FunctionName: 'f' },
};

describe('error names', () => {
  const failing = async (resource: string, call: string, code: string, status = 400) => {
    const world = new SmallWorld({
      [call]: () => {
        throw new AwsError(code, 'No.', status);
      },
    });
    const { view } = await world.run(task(resource, NEEDED[resource.split(':').at(-1)!]));
    return { error: view.error, cause: view.cause!.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}/g, 'id') };
  };

  test.each([
    ['aws-sdk:s3:getObject', 's3:GetObject', 'NoSuchKey', 'S3.NoSuchKeyException'],
    ['aws-sdk:s3:getObject', 's3:GetObject', 'NoSuchBucket', 'S3.NoSuchBucketException'],
    ['aws-sdk:s3:getObject', 's3:GetObject', 'AccessDenied', 'S3.S3Exception'],
    [
      'aws-sdk:dynamodb:putItem',
      'dynamodb:PutItem',
      'ConditionalCheckFailedException',
      'DynamoDb.ConditionalCheckFailedException',
    ],
    ['aws-sdk:dynamodb:putItem', 'dynamodb:PutItem', 'ValidationException', 'DynamoDb.DynamoDbException'],
    ['dynamodb:putItem', 'dynamodb:PutItem', 'ValidationException', 'DynamoDB.AmazonDynamoDBException'],
    [
      'sagemaker:createModel',
      'sagemaker:CreateModel',
      'ResourceLimitExceeded',
      'SageMaker.ResourceLimitExceededException',
    ],
    [
      'sagemaker:createModel',
      'sagemaker:CreateModel',
      'ValidationException',
      'SageMaker.AmazonSageMakerException',
    ],
    [
      'aws-sdk:sagemaker:createModel',
      'sagemaker:CreateModel',
      'AccessDeniedException',
      'SageMaker.SageMakerException',
    ],
    ['lambda:invoke', 'lambda:Invoke', 'TooManyRequestsException', 'Lambda.TooManyRequestsException'],
  ])('%s %s %s becomes %s', async (resource, call, code, name) => {
    expect((await failing(resource, call, code)).error).toBe(name);
  });

  test('causes are worded by the integration’s style', async () => {
    expect((await failing('aws-sdk:s3:getObject', 's3:GetObject', 'NoSuchKey', 404)).cause).toBe(
      'No. (Service: S3, Status Code: 404, Request ID: id, Extended Request ID: id) (SDK Attempt Count: 1)',
    );
    expect(
      (await failing('sagemaker:createModel', 'sagemaker:CreateModel', 'ResourceLimitExceeded')).cause,
    ).toBe(
      'No. (Service: AmazonSageMaker; Status Code: 400; Error Code: ResourceLimitExceeded; Request ID: id; Proxy: null)',
    );
  });
});

describe('optimized', () => {
  test('events:putEvents writes details as text and names machine and execution', async () => {
    const world = new SmallWorld({
      'events:PutEvents': { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] },
    });
    const ended = await world.run(
      task('events:putEvents', {
        Entries: [{ Source: 's', DetailType: 'd', Detail: { a: 1 }, Resources: ['r'] }],
      }),
    );

    expect((world.calls[0]!.input as { Entries: object[] }).Entries).toEqual([
      {
        Source: 's',
        DetailType: 'd',
        Detail: '{"a":1}',
        Resources: ['r', ended.view.stateMachineArn, ended.view.arn],
      },
    ]);
    expect(ended.output).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: 'e' }] });
  });

  test('events:putEvents fails when one entry does', async () => {
    const answer = {
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }],
    };
    const ended = await new SmallWorld({ 'events:PutEvents': answer }).run(
      task('events:putEvents', { Entries: [{}] }),
    );

    expect(ended.view.error).toBe('EventBridge.FailedEntry');
    expect(JSON.parse(ended.view.cause!)).toEqual(answer);
  });

  test('sqs:sendMessage and sns:publish take JSON as the message', async () => {
    const world = new SmallWorld({
      'sqs:SendMessage': { MessageId: 'm' },
      'sns:Publish': { MessageId: 'n' },
    });
    await world.run(task('sqs:sendMessage', { QueueUrl: 'q', MessageBody: { a: 1 } }));
    const ended = await world.run(task('sns:publish', { TopicArn: 't', Message: { b: 2 } }));

    expect(world.calls.map(({ input }) => input)).toEqual([
      { QueueUrl: 'q', MessageBody: '{"a":1}' },
      { TopicArn: 't', Message: '{"b":2}' },
    ]);
    expect(ended.output).toMatchObject({
      MessageId: 'n',
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
  });
});
