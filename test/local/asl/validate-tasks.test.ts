import { end, only, refusal, task } from './support/refusal.ts';

describe('A Task’s resource', () => {
  const unknown = (resource: string) =>
    `SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/A/Resource`;

  test.each([
    'dynamodb:query',
    'sagemaker:createModel.sync',
    'lambda:invoke.sync',
    'aws-sdk:s3:getObject.sync',
    'aws-sdk:s3:getObjet',
    'aws-sdk:s3:GetObject',
  ])('is refused where AWS has none: %s', (resource) => {
    expect(refusal(only(task(resource)))).toBe(unknown(resource));
  });

  test.each(['glue:startJobRun.sync', 'aws-sdk:kms:encrypt', 'http:invoke'])(
    'is said to be fine at AWS where only this world has none: %s',
    (resource) => {
      expect(refusal(only(task(resource)))).toMatch(
        /^NOT_MODELLED_LOCALLY: .* is valid at AWS but not modelled/,
      );
    },
  );

  test('is an ARN', () => {
    expect(refusal(only({ Type: 'Task', Resource: 'invoke', ...end }))).toBe(
      'SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/A/Resource',
    );
  });

  test.each([
    [
      'sqs:sendMessage.waitForTaskToken',
      "does not support '.waitForTaskToken' service integration  at /States/A/Resource",
    ],
    ['states:startExecution.sync:2', "does not support '.sync' service integration at /States/A/Resource"],
  ])('does not wait in an Express machine: %s', (resource, message) => {
    expect(refusal(only(task(resource)), 'EXPRESS')).toBe(
      `SCHEMA_VALIDATION_FAILED: Express state machine ${message}`,
    );
  });

  test.each<[string, string, unknown, string]>([
    [
      'a misspelt name',
      'aws-sdk:s3:getObject',
      { Bucket: 'b', Key: 'k', VersionID: 'v' },
      'The field "VersionID" is not supported by Step Functions. at /States/A/Arguments',
    ],
    [
      'a misspelt name far inside',
      'sagemaker:createModel',
      { ModelName: 'm', Containers: [{ Image: 'i', ModelDataURL: 's3://m' }] },
      'The field "ModelDataURL" is not supported by Step Functions. at /States/A/Arguments',
    ],
    [
      'the API’s own small letters',
      'states:startExecution',
      { stateMachineArn: 'arn' },
      'The field "stateMachineArn" is not supported by Step Functions. at /States/A/Arguments',
    ],
    [
      'a name that is missing',
      'sqs:sendMessage',
      { QueueUrl: 'q' },
      "The field 'MessageBody' is required but was missing at /States/A/Arguments",
    ],
  ])('takes the names that its service knows, not %s', (_, resource, Arguments, message) => {
    expect(refusal(only(task(resource, Arguments)))).toContain(`SCHEMA_VALIDATION_FAILED: ${message}`);
  });

  test('is not judged by what only an expression will tell', () => {
    expect(refusal(only(task('sqs:sendMessage', '{% $states.input %}')))).toBe('accepted');
    expect(
      refusal(only(task('sqs:sendMessage', { QueueUrl: '{% $states.input.q %}', MessageBody: { any: 1 } }))),
    ).toBe('accepted');
  });
});
