import { needsOf } from '../../../local/iam/resources.ts';
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
  ['ecr', 'DescribeImages', { repositoryName: 'r' }, [`ecr:DescribeImages ${arn('ecr', 'repository/r')}`]],
])('%s %s of %j needs its permissions', (service, operation, input, needs) => {
  expect(
    needsOf(service, operation, input, ids).map(({ action, resource }) => `${action} ${resource}`),
  ).toEqual(needs);
});
