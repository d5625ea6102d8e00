import { modelOf, serviceNames, unreadablePatterns } from '../../../local/models/model.ts';
import { validateInput } from '../../../local/models/validate.ts';
import type { ServiceName } from '../../../local/service.ts';

const trainingJob = {
  TrainingJobName: 'flight-delay-1',
  RoleArn: 'arn:aws:iam::123456789012:role/jobs',
  AlgorithmSpecification: { TrainingImage: 'flight-delay', TrainingInputMode: 'File' },
  OutputDataConfig: { S3OutputPath: 's3://artifacts/models' },
  ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  HyperParameters: { epochs: '12' },
};

const errorOf = (service: ServiceName, operation: string, input: unknown): unknown => {
  try {
    return validateInput(service, operation, input);
  } catch (error) {
    return error;
  }
};

test('lets a valid input pass', () => {
  expect(validateInput('sagemaker', 'CreateTrainingJob', trainingJob)).toBe(true);
});

test('names every missing member at once', () => {
  expect(errorOf('sagemaker', 'CreateTrainingJob', {})).toMatchObject({
    code: 'ValidationException',
    message:
      "3 validation errors detected: Value null at 'trainingJobName' failed to satisfy constraint: Member must not be null; " +
      "Value null at 'roleArn' failed to satisfy constraint: Member must not be null; " +
      "Value null at 'outputDataConfig' failed to satisfy constraint: Member must not be null",
  });
});

test('refuses a name that does not match as a whole', () => {
  expect(
    errorOf('sagemaker', 'CreateTrainingJob', { ...trainingJob, TrainingJobName: 'flight_delay' }),
  ).toMatchObject({
    message:
      "1 validation error detected: Value 'flight_delay' at 'trainingJobName' failed to satisfy constraint: " +
      'Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}',
  });
});

test.each([
  [
    'a value outside an enum',
    { ResourceConfig: { ...trainingJob.ResourceConfig, InstanceType: 'ml.m5.tiny' } },
    "Value 'ml.m5.tiny' at 'resourceConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set: [ml.m4.xlarge, ",
  ],
  [
    'a number that is too small',
    { ResourceConfig: { ...trainingJob.ResourceConfig, InstanceCount: -1 } },
    "Value '-1' at 'resourceConfig.instanceCount' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  [
    'a text that is too long, in a list',
    { Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] },
    "at 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256",
  ],
  [
    'a map value that is too long',
    { HyperParameters: { note: 'x'.repeat(2501) } },
    "at 'hyperParameters' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 2500, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: .*]",
  ],
])('refuses %s', (_, change, message) => {
  expect(errorOf('sagemaker', 'CreateTrainingJob', { ...trainingJob, ...change })).toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('names an unknown member, where it stands and what is known there', () => {
  const ResourceConfig = { ...trainingJob.ResourceConfig, InstanceTypo: 'ml.m5.xlarge' };

  expect(errorOf('sagemaker', 'CreateTrainingJob', { ...trainingJob, ResourceConfig })).toMatchObject({
    code: 'ValidationException',
    message: expect.stringMatching(
      /^Unknown parameter in input\.ResourceConfig: "InstanceTypo", must be one of: .*InstanceType/,
    ),
  });
});

test('refuses a wrong type as a serialization fault', () => {
  expect(errorOf('sagemaker', 'CreateTrainingJob', { ...trainingJob, TrainingJobName: 5 })).toMatchObject({
    code: 'SerializationException',
    message: "NUMBER_VALUE can not be converted to a String at 'trainingJobName'",
  });
});

test('does not repeat what AWS calls sensitive', () => {
  const input = {
    stateMachineArn: 'arn:aws:states:eu-west-1:1:stateMachine:a',
    input: 'secret '.repeat(40_000),
  };

  expect(errorOf('stepfunctions', 'StartExecution', input)).toMatchObject({
    code: 'ValidationException',
    message:
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
  });
});

test('takes bytes as text or bytes and times as Date, number or text', () => {
  expect(validateInput('s3', 'PutObject', { Bucket: 'b', Key: 'k', Body: new Uint8Array(3) })).toBe(true);
  expect(validateInput('s3', 'PutObject', { Bucket: 'b', Key: 'k', Body: 'text' })).toBe(true);
  for (const time of [new Date(0), 0, '1970-01-01T00:00:00Z']) {
    const input = { StartTime: time, EndTime: time, MetricDataQueries: [] };
    expect(validateInput('cloudwatch', 'GetMetricData', input)).toBe(true);
  }
});

test('refuses a text that is no time', () => {
  const input = { StartTime: 'yesterday', EndTime: 0, MetricDataQueries: [] };

  expect(errorOf('cloudwatch', 'GetMetricData', input)).toMatchObject({
    code: 'SerializationException',
    message: "STRING_VALUE can not be converted to a Timestamp at 'startTime'",
  });
});

test('leaves an operation without a model unchecked and says so', () => {
  expect(validateInput('dynamodb', 'ListBackups', { anything: 1 })).toBe(false);
});

test('answers under the code of the service', () => {
  expect(errorOf('cloudwatch', 'DescribeAlarms', { MaxRecords: 1000 })).toMatchObject({
    code: 'ValidationError',
  });
});

test('reads every pattern of the models', () => {
  for (const service of serviceNames) {
    const model = modelOf(service);
    for (const operation of model.operationNames) model.operation(operation);
  }

  expect(unreadablePatterns).toEqual([]);
});

test('an anchor that is repeated is one anchor, so metadata of a package is held to its pattern', () => {
  const describe = (CustomerMetadataProperties: object) =>
    errorOf('sagemaker', 'CreateModelPackage', { ModelPackageGroupName: 'g', CustomerMetadataProperties });

  expect(describe({ releaseId: 'r42' })).toBe(true);
  expect(describe({ releaseId: 'r42!' })).toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining("at 'customerMetadataProperties' failed to satisfy constraint"),
  });
});

test.each<[ServiceName, string, object, string, string]>([
  [
    'sqs',
    'SendMessage',
    { QueueUrl: 'q' },
    'MissingParameter',
    'The request must contain the parameter MessageBody.',
  ],
  [
    'ecr',
    'DescribeImages',
    { repositoryName: 'Not_OK' },
    'InvalidParameterException',
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '",
  ],
  ['s3', 'GetObject', { Bucket: 'b' }, 'InvalidArgument', "Value null at 'key' failed to satisfy constraint"],
  [
    'dynamodb',
    'PutItem',
    { Item: {} },
    'ValidationException',
    "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
  ],
  [
    'sagemaker-runtime',
    'InvokeEndpoint',
    { EndpointName: 'a_b', Body: '' },
    'ValidationError',
    "Value 'a_b' at 'endpointName' failed to satisfy constraint",
  ],
])('%s answers a faulty %s in its own words', (service, operation, input, code, message) => {
  expect(errorOf(service, operation, input)).toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test.each(['aws:team', 'AWS:team'])('refuses a tag that only AWS may set: %s', (Key) => {
  expect(
    errorOf('sagemaker', 'CreateTrainingJob', { ...trainingJob, Tags: [{ Key, Value: 'a' }] }),
  ).toMatchObject({ message: 'aws: prefixed tag key names are not allowed for external use.' });
});
