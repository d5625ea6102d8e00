import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { CodePipelineClient, PutJobSuccessResultCommand } from '@aws-sdk/client-codepipeline';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { EventBridgeClient, PutEventsCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeEndpointCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { CreateStateMachineCommand, SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { AwsError } from '../../../local/aws-error.ts';
import type { Operation } from '../../../local/service.ts';
import { giveRole } from '../support/roles.ts';
import { serve, signedFor } from './served.ts';

/** The same client, told to speak CBOR as botocore does. */
const cbor = {
  protocol: new SmithyRpcV2CborProtocol({
    defaultNamespace: 'com.amazonaws.cloudwatch',
    errorTypeRegistries: [],
  }),
};

describe.each([
  ['JSON', {}],
  ['CBOR', cbor],
])('CloudWatch over %s', (_, more) => {
  test('takes measurements and times, and gives them back', async () => {
    const { client } = await serve();
    const cloudwatch = client(CloudWatchClient, more);
    const Timestamp = new Date('2026-03-02T08:59:00Z');
    const Metric = { Namespace: 'Test', MetricName: 'm', Dimensions: [{ Name: 'a', Value: 'b' }] };

    await cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: 'Test',
        MetricData: [{ MetricName: 'm', Dimensions: Metric.Dimensions, Timestamp, Value: 3 }],
      }),
    );
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date('2026-03-02T08:50:00Z'),
        EndTime: new Date('2026-03-02T09:10:00Z'),
        MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
      }),
    );

    expect(MetricDataResults).toMatchObject([{ Timestamps: [Timestamp], Values: [3] }]);
  });

  test('names errors', async () => {
    const { client } = await serve();
    const cloudwatch = client(CloudWatchClient, more);
    const set = new SetAlarmStateCommand({ AlarmName: 'no', StateValue: 'OK', StateReason: 'x' });

    await expect(cloudwatch.send(set)).rejects.toMatchObject({
      name: expect.stringMatching(/^ResourceNotFound/),
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('describes an alarm', async () => {
    const { client } = await serve();
    const cloudwatch = client(CloudWatchClient, more);
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'a',
        Namespace: 'Test',
        MetricName: 'm',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1.5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );

    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({}));

    expect(MetricAlarms).toMatchObject([
      { AlarmName: 'a', Threshold: 1.5, Period: 60, StateUpdatedTimestamp: expect.any(Date) },
    ]);
  });
});

test('speaks the query protocol with SNS', async () => {
  const { client, world } = await serve();
  world.sns.createTopic('told');
  const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:told';
  const sns = client(SNSClient);

  const { MessageId } = await sns.send(
    new PublishCommand({
      TopicArn,
      Subject: 'A & <b>',
      Message: 'ü & more',
      MessageAttributes: {
        first: { DataType: 'String', StringValue: 'x.y' },
        second: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      },
    }),
  );

  expect(world.sns.published).toMatchObject([
    {
      messageId: MessageId,
      subject: 'A & <b>',
      message: 'ü & more',
      messageAttributes: {
        first: { DataType: 'String', StringValue: 'x.y' },
        second: { BinaryValue: Buffer.from([1, 2]) },
      },
    },
  ]);
  await expect(
    sns.send(new PublishCommand({ TopicArn: `${TopicArn}-not`, Message: 'x' })),
  ).rejects.toMatchObject({ name: 'NotFoundException', message: 'Topic does not exist' });
});

test('speaks the query protocol with older clients of CloudWatch', async () => {
  const { url } = await serve();
  const ask = (parameters: Record<string, string>): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ Version: '2010-08-01', ...parameters }),
      headers: { authorization: signedFor('monitoring') },
    });

  const put = await ask({
    Action: 'PutMetricData',
    Namespace: 'Test',
    'MetricData.member.1.MetricName': 'm',
    'MetricData.member.1.Value': '2.5',
    'MetricData.member.1.Dimensions.member.1.Name': 'a',
    'MetricData.member.1.Dimensions.member.1.Value': 'b',
  });
  const described = await ask({ Action: 'DescribeAlarms', 'AlarmNames.member.1': 'none' });
  const refused = await ask({ Action: 'DescribeAlarms', MaxRecords: 'many' });

  expect(put.status).toBe(200);
  expect(await described.text()).toMatch(/^<DescribeAlarmsResponse xmlns="[^"]+"><DescribeAlarmsResult>/);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('<Type>Sender</Type><Code>MalformedInput</Code>');
});

test('tells whose key a shell holds', async () => {
  const { url, world } = await serve();

  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
    headers: { authorization: signedFor('sts') },
  });

  expect(await answer.text()).toContain(`<Arn>${world.person.arn}</Arn>`);
});

describe('Lambda', () => {
  const invoke = { FunctionName: 'judge', Payload: Buffer.from('{"a":1}') };

  test('carries the payload as the body and the rest in headers', async () => {
    const Invoke: Operation = (input) => ({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      LogResult: 'bG9n',
      ExecutedVersion: '$LATEST',
      Payload: `{"got":${Buffer.from(input.Payload).toString()},"log":"${input.LogType}"}`,
    });
    const { client } = await serve({ services: { lambda: { Invoke } } });

    const answer = await client(LambdaClient).send(new InvokeCommand({ ...invoke, LogType: 'Tail' }));

    expect(answer).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      LogResult: 'bG9n',
      ExecutedVersion: '$LATEST',
    });
    expect(answer.Payload!.transformToString()).toBe('{"got":{"a":1},"log":"Tail"}');
  });

  test('answers 202 where the function runs later', async () => {
    const { client } = await serve({
      services: { lambda: { Invoke: () => ({ StatusCode: 202, Payload: '' }) } },
    });

    const answer = await client(LambdaClient).send(new InvokeCommand({ ...invoke, InvocationType: 'Event' }));

    expect(answer).toMatchObject({ StatusCode: 202, $metadata: { httpStatusCode: 202 } });
  });

  test('names a function that is not there', async () => {
    const { client } = await serve();

    await expect(client(LambdaClient).send(new InvokeCommand(invoke))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:judge:$LATEST',
    });
  });
});

describe('SageMaker Runtime', () => {
  const invoke = new InvokeEndpointCommand({
    EndpointName: 'flight-delay',
    Body: Buffer.from([0, 255]),
    ContentType: 'application/x-bytes',
    TargetVariant: 'challenger',
  });

  test('carries bytes both ways, with its own headers', async () => {
    const InvokeEndpoint: Operation = ({ Body, ContentType, TargetVariant }) => ({
      Body: Buffer.from([...Body, ...Body]),
      ContentType,
      InvokedProductionVariant: TargetVariant,
    });
    const { client } = await serve({ services: { 'sagemaker-runtime': { InvokeEndpoint } } });

    const answer = await client(SageMakerRuntimeClient).send(invoke);

    expect([...answer.Body]).toEqual([0, 255, 0, 255]);
    expect(answer).toMatchObject({
      ContentType: 'application/x-bytes',
      InvokedProductionVariant: 'challenger',
    });
  });

  test('tells what a container said with its no', async () => {
    const InvokeEndpoint = () => {
      const members = { OriginalStatusCode: 500, OriginalMessage: 'no', LogStreamArn: 'arn:log' };
      throw new AwsError('ModelError', 'Received server error', 424, members);
    };
    const { client } = await serve({ services: { 'sagemaker-runtime': { InvokeEndpoint } } });

    await expect(client(SageMakerRuntimeClient).send(invoke)).rejects.toMatchObject({
      name: 'ModelError',
      OriginalStatusCode: 500,
      OriginalMessage: 'no',
      $metadata: { httpStatusCode: 424 },
    });
  });
});

describe('JSON', () => {
  test('reaches queues, tables, repositories and buses', async () => {
    const { client, world } = await serve();
    world.sqs.createQueue('told');
    world.ecr.createRepository('flight-delay');
    world.ecr.push({ repository: 'flight-delay', tag: 'stable', content: 'x' });
    const QueueUrl = `${world.endpointUrl}/123456789012/told`;
    const sqs = client(SQSClient);
    const dynamodb = client(DynamoDBClient);
    const Item = { pk: { S: 'a' }, bytes: { B: new Uint8Array([1, 2]) } };

    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'ledger',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await dynamodb.send(new PutItemCommand({ TableName: 'ledger', Item }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const read = await dynamodb.send(new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: 'a' } } }));
    const { imageDetails } = await client(ECRClient).send(
      new DescribeImagesCommand({ repositoryName: 'flight-delay' }),
    );
    const events = client(EventBridgeClient);
    const { FailedEntryCount } = await events.send(
      new PutEventsCommand({ Entries: [{ Source: 'me', DetailType: 'x', Detail: '{}' }] }),
    );
    const { Result } = await events.send(
      new TestEventPatternCommand({
        EventPattern: '{"source":["me"]}',
        Event:
          '{"id":"1","account":"123456789012","source":"me","time":"2026-03-02T09:00:00Z","region":"eu-west-1","resources":[],"detail-type":"x","detail":{}}',
      }),
    );

    expect(Messages).toMatchObject([{ Body: 'hello' }]);
    expect(read.Item).toEqual(Item);
    expect(imageDetails).toMatchObject([{ imageTags: ['stable'], imagePushedAt: expect.any(Date) }]);
    expect([FailedEntryCount, Result]).toEqual([0, true]);
  });

  test('tells an old code beside the new one where a service once spoke query', async () => {
    const { client, url } = await serve();
    const QueueUrl = `${url}/123456789012/no`;

    await expect(client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      Type: 'Sender',
    });
  });

  test('names what is missing in each of the other services', async () => {
    const { client } = await serve();

    await expect(
      client(SageMakerClient).send(new DescribeEndpointCommand({ EndpointName: 'no' })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      client(CodePipelineClient).send(
        new PutJobSuccessResultCommand({ jobId: '00000000-0000-4000-8000-000000000000' }),
      ),
    ).rejects.toMatchObject({ name: 'JobNotFoundException' });
    const { ScalableTargets } = await client(ApplicationAutoScalingClient).send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'sagemaker' }),
    );
    expect(ScalableTargets).toEqual([]);
  });
});

test('starts an Express execution for a client that leaves the prefix of the host away', async () => {
  const { client, world } = await serve();
  const role = giveRole(world, 'machine');
  const sfn = client(SFNClient, { disableHostPrefix: true });
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'quick',
      type: 'EXPRESS',
      roleArn: role,
      definition: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Answer',
        States: { Answer: { Type: 'Succeed', Output: '{% 1 + 1 %}' } },
      }),
    }),
  );

  const answer = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn }));

  expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '2' });
});
