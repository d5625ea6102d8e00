import { resolve } from 'node:path';
import { buildTemplate } from '../../../local/template/build-template.ts';
import { loadTemplate, type TemplateBody } from '../../../local/template/template.ts';
import { ACCOUNT, openAccount } from '../support/open-account.ts';
import { roleArn } from '../support/roles.ts';
import { fixtureBody, packageFixture } from './fixture-package.ts';

/** Builds a template into a world that only writes down what it was asked to make. */
const build = async (body: TemplateBody = fixtureBody()) => {
  const made: Record<string, unknown[]> = {};
  const note =
    (what: string) =>
    (...given: unknown[]): object => {
      made[what] = [...(made[what] ?? []), given.length === 1 ? given[0] : given];
      return {};
    };
  const { world } = await openAccount({
    services: {
      cloudwatch: { PutMetricAlarm: note('alarm') },
      sagemaker: { CreateModelPackageGroup: note('group') },
      sns: { Subscribe: note('subscription') },
    },
  });
  Object.assign(world.s3, { createBucket: note('bucket') });
  Object.assign(world.dynamodb, { createTable: note('table') });
  Object.assign(world.sqs, { createQueue: note('queue') });
  Object.assign(world.sns, { createTopic: note('topic') });
  Object.assign(world.events, { putRule: note('rule') });
  Object.assign(world.ecr, { createRepository: note('repository') });
  Object.assign(world.lambda, { createFunction: note('function'), addQueueSource: note('source') });
  Object.assign(world.stepfunctions, { createStateMachine: note('machine') });
  const directory = packageFixture(body);
  const stack = await buildTemplate(world, loadTemplate(directory));
  return { world, made, stack, directory };
};

test('hands every resource to its stand-in', async () => {
  const { made, stack, directory } = await build();

  expect(made.bucket).toEqual([[stack.resources.DataBucket, { eventBridge: true, versioned: true }]]);
  expect(made.table).toEqual([
    expect.objectContaining({ TableName: stack.resources.Ledger, BillingMode: 'PAY_PER_REQUEST' }),
  ]);
  expect(made.queue).toContainEqual([
    'fixture-test-events',
    { VisibilityTimeout: '60', RedrivePolicy: expect.stringContaining('"maxReceiveCount":3') },
  ]);
  expect(made.rule).toEqual([
    expect.objectContaining({
      name: stack.resources.UploadRule,
      targets: [
        expect.objectContaining({ Id: 'queue' }),
        expect.objectContaining({ Id: 'machine', InputPath: '$.detail.object' }),
      ],
    }),
  ]);
  expect(made.alarm).toEqual([
    [expect.objectContaining({ AlarmName: stack.resources.Alarm, Period: 60 }), expect.anything()],
  ]);
  expect(made.repository).toEqual([['flight-delay', { isImmutable: false }]]);
  expect(made.function).toEqual([
    {
      name: 'fixture-test-echo',
      zipPath: resolve(directory, 'echo.zip'),
      handler: 'echo.handler',
      environment: { TABLE: stack.resources.Ledger, RETENTION_DAYS: '14' },
      timeoutSeconds: 5,
      roleArn: roleArn('function-role'),
    },
  ]);
  expect(made.source).toEqual([
    expect.objectContaining({
      functionName: 'fixture-test-echo',
      batchSize: 5,
      reportBatchItemFailures: true,
    }),
  ]);
});

test('fills a definition with its substitutions, as an object and as text', async () => {
  const { made, stack } = await build();

  expect(made.machine).toEqual([
    expect.objectContaining({
      name: 'echo',
      type: 'STANDARD',
      definition: expect.objectContaining({
        States: expect.objectContaining({
          'Write it down': expect.objectContaining({
            Arguments: expect.objectContaining({ TableName: stack.resources.Ledger }),
          }),
        }),
      }),
    }),
    expect.objectContaining({
      name: 'text',
      type: 'EXPRESS',
      definition: expect.objectContaining({
        States: { Done: { Type: 'Succeed', Output: { table: stack.resources.Ledger } } },
      }),
    }),
  ]);
});

test('sets policies of roles and resources', async () => {
  const { world, stack } = await build();
  const decide = (caller: string, action: string, resource: string, context = {}) =>
    world.iam.decide(caller, action, resource, () => context);
  const rule = `arn:aws:events:eu-west-1:${ACCOUNT}:rule/${stack.resources.UploadRule}`;
  const queue = `arn:aws:sqs:eu-west-1:${ACCOUNT}:fixture-test-events`;

  expect(decide('events.amazonaws.com', 'sqs:SendMessage', queue, { 'aws:sourcearn': rule })).toBe('allowed');
  expect(decide('events.amazonaws.com', 'sqs:SendMessage', queue, { 'aws:sourcearn': 'other' })).toBe(
    'no-resource-based-policy',
  );
  expect(
    decide(roleArn(stack.resources.RuleRole!), 'states:StartExecution', stack.resources.EchoMachine!),
  ).toBe('allowed');
  expect(decide('cloudwatch.amazonaws.com', 'sns:Publish', stack.resources.Topic!)).toBe('allowed');
  expect(decide(roleArn('function-role'), 'logs:PutLogEvents', 'any')).toBe('allowed');
});

type Change = (body: ReturnType<typeof fixtureBody>) => void;

const machineProperties: (change: object) => Change = (change) => (body) =>
  Object.assign(body.Resources.EchoMachine.Properties, change);

const logging = (end: string) => ({
  Level: 'ALL',
  Destinations: [
    { CloudWatchLogsLogGroup: { LogGroupArn: `arn:aws:logs:eu-west-1:123456789012:log-group:x${end}` } },
  ],
});

const syncState = {
  Definition: {
    StartAt: 'Train',
    States: {
      Train: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sagemaker:createTrainingJob.sync',
        Arguments: {},
        End: true,
      },
    },
  },
};

test.each<[string, Change, RegExp]>([
  [
    'a machine whose role may not keep the managed rule of .sync',
    machineProperties(syncState),
    /^Resources\.EchoMachine \(AWS::StepFunctions::StateMachine\): 'arn:aws:iam::123456789012:role\/fixture-test-MachineRole-[0-9A-F]{12}' is not authorized to create managed-rule\.$/,
  ],
  [
    'a machine whose role may not deliver logs',
    machineProperties({ LoggingConfiguration: logging(':*') }),
    /The state machine IAM Role is not authorized to access the Log Destination$/,
  ],
  [
    'a machine with a role for somebody else',
    machineProperties({ RoleArn: { 'Fn::GetAtt': ['FunctionRole', 'Arn'] } }),
    /Neither the global service principal states\.amazonaws\.com, nor the regional one is authorized to assume the provided role\.$/,
  ],
  [
    'a placeholder without a substitution',
    machineProperties({ DefinitionSubstitutions: {} }),
    /^Resources\.EchoMachine\.Properties\.Definition\.States\.Ask the function\.Arguments\.FunctionName: \$\{EchoFunction\} is not among the DefinitionSubstitutions\.$/,
  ],
  [
    'a queue source whose function may not read the queue',
    (body) => {
      body.Resources.FunctionRole.Properties.Policies = [];
    },
    /The function execution role does not have permissions to call ReceiveMessage on SQS$/,
  ],
  [
    'a function whose code was not packaged',
    (body) => {
      body.Resources.EchoFunction.Properties.Code.S3Key = 'serverless/other.zip';
    },
    /^Resources\.EchoFunction\.Properties\.Code\.S3Key: .*other\.zip is not there\. Package again\.$/,
  ],
  [
    'a log group without the star at its end',
    machineProperties({ LoggingConfiguration: logging('') }),
    /Log Group ARN must be provided with '\*' qualifier\.$/,
  ],
  [
    'a tag of AWS’s own',
    (body) => {
      body.Resources.Topic.Properties = { Tags: [{ Key: 'aws:team', Value: 'a' }] };
    },
    /^Resources\.Topic.*aws: prefixed tag key names are not allowed for external use\.$/,
  ],
  [
    'a variable that is Lambda’s own',
    (body) => {
      body.Resources.EchoFunction.Properties.Environment.Variables.AWS_REGION = 'eu-west-1';
    },
    /reserved keys that are currently not supported for modification\. Reserved keys used in this request: AWS_REGION$/,
  ],
  [
    'a policy within a role that has no name',
    (body) => {
      delete body.Resources.FunctionRole.Properties.Policies[0].PolicyName;
    },
    /^Resources\.FunctionRole.*required key \[PolicyName\] not found$/,
  ],
  [
    'a bucket in capitals',
    (body) => {
      body.Resources.DataBucket.Properties = { BucketName: 'Data' };
    },
    /^Resources\.DataBucket.*The specified bucket is not valid\.$/,
  ],
  [
    'a queue with a space in its name',
    (body) => {
      body.Resources.DeadLetters.Properties = { QueueName: 'dead letters' };
    },
    /Can only include alphanumeric characters, hyphens, or underscores\. 1 to 80 in length$/,
  ],
  [
    'a topic with a space in its name',
    (body) => {
      body.Resources.Topic.Properties = { TopicName: 'all hands' };
    },
    /^Resources\.Topic.*Invalid parameter: Topic Name$/,
  ],
  [
    'an alarm that AWS would refuse',
    (body) => {
      body.Resources.Alarm.Properties.ComparisonOperator = 'IsMuchTooHigh';
    },
    /^Resources\.Alarm \(AWS::CloudWatch::Alarm\): 1 validation error detected: Value 'IsMuchTooHigh' at 'comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: /,
  ],
])('stops at %s', async (_, change, message) => {
  const body = fixtureBody();
  change(body);

  await expect(build(body)).rejects.toThrow(message);
});

test('tells to package first when there is no template', () => {
  expect(() => loadTemplate('/nowhere')).toThrow(
    'There is no packaged template at /nowhere/cloudformation-template-update-stack.json. Run `npm run package` first.',
  );
});

test('refuses a null anywhere, as CloudFormation does', () => {
  const body = fixtureBody();
  body.Resources.EchoMachine.Properties.Definition.States['Write it down'].Assign = { answer: null };

  expect(() => loadTemplate(packageFixture(body))).toThrow(
    "Template format error: [/Resources/EchoMachine/Properties/Definition/States/Write it down/Assign/answer] 'null' values are not allowed in templates",
  );
});
