import { hasNeeds, needsOf } from '../../../local/iam/needs/needs.ts';
import { modelOf, serviceNames } from '../../../local/models/model.ts';
import type { ServiceName } from '../../../local/service.ts';

const ids = {
  accountId: '123456789012',
  region: 'eu-west-1',
  waitersWith: (token: string) => (token === 'known' ? ['arn:of:machine'] : []),
};
const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:123456789012:${resource}`;

test.each<[ServiceName, string, unknown, string[]]>([
  [
    'sagemaker',
    'CreateTrainingJob',
    { TrainingJobName: 'a' },
    [`sagemaker:CreateTrainingJob ${arn('sagemaker', 'training-job/a')}`],
  ],
  [
    'sagemaker',
    'CreateTrainingJob',
    { TrainingJobName: 'a', Tags: [{}], RoleArn: 'arn:r' },
    [
      `sagemaker:CreateTrainingJob ${arn('sagemaker', 'training-job/a')}`,
      `sagemaker:AddTags ${arn('sagemaker', 'training-job/a')}`,
      'iam:PassRole arn:r',
    ],
  ],
  [
    'sagemaker',
    'UpdateEndpoint',
    { EndpointName: 'e', EndpointConfigName: 'c' },
    [
      `sagemaker:UpdateEndpoint ${arn('sagemaker', 'endpoint/e')}`,
      `sagemaker:UpdateEndpoint ${arn('sagemaker', 'endpoint-config/c')}`,
    ],
  ],
  [
    'sagemaker',
    'CreateModelPackage',
    { ModelPackageGroupName: 'g' },
    [`sagemaker:CreateModelPackage ${arn('sagemaker', 'model-package/g/*')}`],
  ],
  [
    'sagemaker',
    'DescribeModelPackage',
    { ModelPackageName: arn('sagemaker', 'model-package/g/3') },
    [`sagemaker:DescribeModelPackage ${arn('sagemaker', 'model-package/g/3')}`],
  ],
  ['sagemaker', 'ListModels', {}, ['sagemaker:ListModels *']],
  [
    'sagemaker-runtime',
    'InvokeEndpoint',
    { EndpointName: 'e' },
    [`sagemaker:InvokeEndpoint ${arn('sagemaker', 'endpoint/e')}`],
  ],
  ['dynamodb', 'PutItem', { TableName: 't', Item: {} }, [`dynamodb:PutItem ${arn('dynamodb', 'table/t')}`]],
  [
    'dynamodb',
    'Query',
    { TableName: 't', IndexName: 'i' },
    [`dynamodb:Query ${arn('dynamodb', 'table/t/index/i')}`],
  ],
  ['s3', 'GetObject', { Bucket: 'b', Key: 'k/l' }, ['s3:GetObject arn:aws:s3:::b/k/l']],
  ['s3', 'GetObject', { Bucket: 'b', Key: 'k', VersionId: 'v' }, ['s3:GetObjectVersion arn:aws:s3:::b/k']],
  ['s3', 'ListObjectsV2', { Bucket: 'b' }, ['s3:ListBucket arn:aws:s3:::b']],
  [
    's3',
    'CopyObject',
    { Bucket: 'b', Key: 'k', CopySource: '/a/x%20y?versionId=1' },
    ['s3:GetObjectVersion arn:aws:s3:::a/x y', 's3:PutObject arn:aws:s3:::b/k'],
  ],
  [
    'cloudwatch',
    'PutMetricAlarm',
    { AlarmName: 'a' },
    [`cloudwatch:PutMetricAlarm ${arn('cloudwatch', 'alarm:a')}`],
  ],
  ['cloudwatch', 'DescribeAlarms', { AlarmNames: ['a'] }, ['cloudwatch:DescribeAlarms *']],
  [
    'cloudwatch',
    'DeleteAlarms',
    { AlarmNames: ['a', 'b'] },
    [
      `cloudwatch:DeleteAlarms ${arn('cloudwatch', 'alarm:a')}`,
      `cloudwatch:DeleteAlarms ${arn('cloudwatch', 'alarm:b')}`,
    ],
  ],
  ['sns', 'Publish', { TopicArn: 'arn:t' }, ['sns:Publish arn:t']],
  [
    'sqs',
    'DeleteMessageBatch',
    { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q' },
    [`sqs:DeleteMessage ${arn('sqs', 'q')}`],
  ],
  [
    'lambda',
    'Invoke',
    { FunctionName: 'f', Qualifier: '2' },
    [`lambda:InvokeFunction ${arn('lambda', 'function:f:2')}`],
  ],
  ['stepfunctions', 'StartExecution', { stateMachineArn: 'arn:m' }, ['states:StartExecution arn:m']],
  ['stepfunctions', 'DescribeExecution', { executionArn: 'arn:e' }, ['states:DescribeExecution arn:e']],
  ['stepfunctions', 'SendTaskSuccess', { taskToken: 'known' }, ['states:SendTaskSuccess arn:of:machine']],
  ['stepfunctions', 'SendTaskSuccess', { taskToken: 'unknown' }, ['states:SendTaskSuccess *']],
  ['events', 'PutEvents', { Entries: [{}, {}] }, [`events:PutEvents ${arn('events', 'event-bus/default')}`]],
  ['events', 'CreateEventBus', { Name: 'b' }, [`events:CreateEventBus ${arn('events', 'event-bus/b')}`]],
  ['events', 'PutPermission', {}, [`events:PutPermission ${arn('events', 'event-bus/default')}`]],
  [
    'scheduler',
    'CreateSchedule',
    { Name: 's', Target: { RoleArn: 'arn:r' } },
    [`scheduler:CreateSchedule ${arn('scheduler', 'schedule/default/s')}`, 'iam:PassRole arn:r'],
  ],
  [
    'schemas',
    'DescribeSchema',
    { RegistryName: 'r', SchemaName: 's' },
    [`schemas:DescribeSchema ${arn('schemas', 'schema/r/s')}`],
  ],
  [
    'codebuild',
    'StartBuild',
    { projectName: arn('codebuild', 'project/p') },
    [`codebuild:StartBuild ${arn('codebuild', 'project/p')}`],
  ],
  [
    'codebuild',
    'BatchGetBuilds',
    { ids: ['p:1', 'p:2', arn('codebuild', 'build/q:1')] },
    [
      `codebuild:BatchGetBuilds ${arn('codebuild', 'project/p')}`,
      `codebuild:BatchGetBuilds ${arn('codebuild', 'project/q')}`,
    ],
  ],
  ['codebuild', 'StopBuild', { id: 'p:1' }, [`codebuild:StopBuild ${arn('codebuild', 'project/p')}`]],
  ['codecommit', 'GetBranch', { repositoryName: 'r' }, [`codecommit:GetBranch ${arn('codecommit', 'r')}`]],
  ['ecr', 'DescribeImages', { repositoryName: 'r' }, [`ecr:DescribeImages ${arn('ecr', 'repository/r')}`]],
])('%s %s of %j needs its permissions', (service, operation, input, needs) => {
  expect(
    needsOf(service, operation, input, ids).map(({ action, resource }) => `${action} ${resource}`),
  ).toEqual(needs);
});

test.each(serviceNames)('every operation of %s that the models know has its entry', (service) => {
  const missing = modelOf(service).operationNames.filter((operation) => !hasNeeds(service, operation));

  expect(missing).toEqual([]);
});

test('an operation without an entry is no guess', () => {
  expect(() => needsOf('s3', 'PutObjectLegalHold', {}, ids)).toThrow(
    'local/iam/needs has no entry for s3 PutObjectLegalHold.',
  );
});

test.each<[ServiceName, string, unknown, string[]]>([
  [
    'sagemaker',
    'CreateModelPackage',
    {
      ModelPackageGroupName: 'g',
      InferenceSpecification: {
        Containers: [
          { Image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b@sha256:1', ModelDataUrl: 's3://b/k' },
        ],
      },
    },
    [
      `sagemaker:CreateModelPackage ${arn('sagemaker', 'model-package/g/*')}`,
      `ecr:BatchGetImage ${arn('ecr', 'repository/a/b')}`,
      's3:GetObject arn:aws:s3:::b/k',
    ],
  ],
  [
    'dynamodb',
    'TransactWriteItems',
    {
      TransactItems: [{ Put: { TableName: 't', Item: {} } }, { ConditionCheck: { TableName: 'u', Key: {} } }],
    },
    [
      `dynamodb:PutItem ${arn('dynamodb', 'table/t')}`,
      `dynamodb:ConditionCheckItem ${arn('dynamodb', 'table/u')}`,
    ],
  ],
  [
    's3',
    'DeleteObjects',
    { Bucket: 'b', Delete: { Objects: [{ Key: 'k' }, { Key: 'l', VersionId: 'v' }] } },
    ['s3:DeleteObject arn:aws:s3:::b/k', 's3:DeleteObjectVersion arn:aws:s3:::b/l'],
  ],
  ['s3', 'UploadPart', { Bucket: 'b', Key: 'k' }, ['s3:PutObject arn:aws:s3:::b/k']],
  ['s3', 'ListBuckets', {}, ['s3:ListAllMyBuckets *']],
  [
    'stepfunctions',
    'CreateStateMachine',
    { name: 'm', roleArn: 'arn:r', publish: true, tags: [{}] },
    [
      `states:CreateStateMachine ${arn('states', 'stateMachine:m')}`,
      `states:PublishStateMachineVersion ${arn('states', 'stateMachine:m')}`,
      `states:TagResource ${arn('states', 'stateMachine:m')}`,
      'iam:PassRole arn:r',
    ],
  ],
  ['stepfunctions', 'TestState', { roleArn: 'arn:r' }, ['states:TestState *', 'iam:PassRole arn:r']],
  [
    'events',
    'PutTargets',
    { Rule: 'r', EventBusName: 'own', Targets: [{ RoleArn: 'arn:r' }] },
    [`events:PutTargets ${arn('events', 'rule/own/r')}`, 'iam:PassRole arn:r'],
  ],
  [
    'codepipeline',
    'PutApprovalResult',
    { pipelineName: 'p', stageName: 's', actionName: 'a' },
    [`codepipeline:PutApprovalResult ${arn('codepipeline', 'p/s/a')}`],
  ],
  [
    'application-autoscaling',
    'RegisterScalableTarget',
    {},
    [`application-autoscaling:RegisterScalableTarget ${arn('application-autoscaling', 'scalable-target/*')}`],
  ],
])('%s %s of %j asks for its parts too', (service, operation, input, needs) => {
  expect(
    needsOf(service, operation, input, ids).map(({ action, resource }) => `${action} ${resource}`),
  ).toEqual(needs);
});

test('a message to an encrypted topic needs the topic’s key', () => {
  const withKey = { ...ids, keyOf: () => 'arn:key' };

  expect(needsOf('sns', 'Publish', { TopicArn: 'arn:aws:sns:eu-west-1:1:t' }, withKey)).toEqual([
    { action: 'sns:Publish', resource: 'arn:aws:sns:eu-west-1:1:t' },
    {
      action: 'kms:GenerateDataKey',
      resource: 'arn:key',
      context: { 'kms:viaservice': 'sns.eu-west-1.amazonaws.com' },
    },
    {
      action: 'kms:Decrypt',
      resource: 'arn:key',
      context: { 'kms:viaservice': 'sns.eu-west-1.amazonaws.com' },
    },
  ]);
});
