import { resolveTemplate } from '../../../local/template/resolve-template.ts';
import type { ResolvedResource, Stack } from '../../../local/template/resource-type.ts';
import type { TemplateBody } from '../../../local/template/template.ts';
import { fixtureBody } from './fixture-package.ts';

const stack: Stack = {
  stackName: 'fixture-test',
  accountId: '123456789012',
  region: 'eu-west-1',
  packageDirectory: '/package',
};

const resolve = (body: TemplateBody) =>
  resolveTemplate({ directory: '/package', stackName: 'fixture-test', hash: '', body }, stack);

const resource = (logicalId: string, body = fixtureBody()): ResolvedResource =>
  resolve(body).resources.find((one) => one.logicalId === logicalId)!;

const changed = (logicalId: string, properties: object): TemplateBody => {
  const body = fixtureBody();
  Object.assign(body.Resources[logicalId].Properties, properties);
  return body;
};

test('resolves references, functions, conditions and pseudo parameters', () => {
  expect(resource('Queue').properties).toEqual({
    QueueName: 'fixture-test-events',
    VisibilityTimeout: 60,
    RedrivePolicy: {
      deadLetterTargetArn: expect.stringMatching(
        /^arn:aws:sqs:eu-west-1:123456789012:fixture-test-DeadLetters-[0-9A-F]{12}$/,
      ),
      maxReceiveCount: 3,
    },
  });
  expect(resource('EchoFunction').ref).toBe('fixture-test-echo');
  expect(resource('EchoFunction').properties.Environment.Variables.RETENTION_DAYS).toBe(14);
  expect(resource('EchoSource').properties.BatchSize).toBe(5);
});

test('names buckets in small letters and the same in every world', () => {
  const { ref, attributes } = resource('DataBucket');

  expect(ref).toMatch(/^fixture-test-databucket-[0-9a-f]{12}$/);
  expect(resource('DataBucket').ref).toBe(ref);
  expect(attributes).toMatchObject({ Arn: `arn:aws:s3:::${ref}` });
});

test('resolves outputs and leaves out what its condition excludes', () => {
  const { outputs, resources } = resolve(fixtureBody());

  expect(outputs).toEqual({
    Account: '123456789012',
    Bucket: resource('DataBucket').ref,
    Machine: 'arn:aws:states:eu-west-1:123456789012:stateMachine:echo',
  });
  expect(resources.map(({ logicalId }) => logicalId)).not.toContain('OnlyInProduction');
});

test('puts resources after those they refer to or depend on', () => {
  const order = resolve(fixtureBody()).resources.map(({ logicalId }) => logicalId);

  expect(order.indexOf('Ledger')).toBeLessThan(order.indexOf('DataBucket'));
  expect(order.indexOf('DeadLetters')).toBeLessThan(order.indexOf('Queue'));
  expect(order.indexOf('EchoMachine')).toBeLessThan(order.indexOf('UploadRule'));
});

test.each<[string, TemplateBody, string]>([
  [
    'a reference to nothing',
    changed('Queue', { QueueName: { Ref: 'Nowhere' } }),
    'Resources.Queue.Properties.QueueName.Ref: there is no resource, parameter or pseudo parameter Nowhere.',
  ],
  [
    'an attribute that a type has not',
    changed('Queue', { QueueName: { 'Fn::GetAtt': ['Topic', 'Nothing'] } }),
    'Resources.Queue.Properties.QueueName.Fn::GetAtt: Topic (AWS::SNS::Topic) has no attribute Nothing here.',
  ],
  [
    'a reference inside a text',
    changed('Queue', { QueueName: { 'Fn::Sub': '${Nowhere.Arn}-x' } }),
    'Resources.Queue.Properties.QueueName.Fn::Sub: there is no resource, parameter or pseudo parameter Nowhere.',
  ],
  [
    'an import from another stack',
    changed('Queue', { QueueName: { 'Fn::ImportValue': 'x' } }),
    'Fn::ImportValue is not modelled',
  ],
  [
    'a misspelt property',
    changed('Queue', { VisibilityTimeOut: 60 }),
    'Resources.Queue: Encountered unsupported property VisibilityTimeOut (AWS::SQS::Queue).',
  ],
  [
    'a secret from elsewhere',
    changed('Queue', { QueueName: '{{resolve:ssm:/name}}' }),
    'dynamic references are not modelled',
  ],
  [
    'a resource that its condition leaves out',
    changed('Queue', { QueueName: { Ref: 'OnlyInProduction' } }),
    'OnlyInProduction is not made, as its condition IsProduction does not hold.',
  ],
])('stops at %s and names the place', (_, body, message) => {
  expect(() => resolve(body)).toThrow(message);
});

test('stops at resources that refer to each other in a circle', () => {
  const body = fixtureBody();
  body.Resources.DeadLetters.DependsOn = 'Queue';

  expect(() => resolve(body)).toThrow(
    'resources refer to each other in a circle: Queue → DeadLetters → Queue.',
  );
});

test('stops at a type that it does not model and names it', () => {
  const body = fixtureBody();
  body.Resources.Cluster = { Type: 'AWS::ECS::Cluster' };

  expect(() => resolve(body)).toThrow(
    'Resources.Cluster: resource type AWS::ECS::Cluster is not modelled in this local world',
  );
});

test('is resolved once and cannot be changed', () => {
  const template = { directory: '/package', stackName: 'fixture-test', hash: '', body: fixtureBody() };

  expect(resolveTemplate(template, stack)).toBe(resolveTemplate(template, { ...stack }));
  expect(() => {
    (resolveTemplate(template, stack).resources[0]!.properties as { x?: number }).x = 1;
  }).toThrow(TypeError);
});
