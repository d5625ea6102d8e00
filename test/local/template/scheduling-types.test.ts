import { expect, test } from '@jest/globals';
import { buildTemplate } from '../../../local/template/build-template.ts';
import type { TemplateBody } from '../../../local/template/template.ts';
import { openAccount } from '../support/open-account.ts';
import { arnOf } from '../support/roles.ts';

/** Builds these resources into an empty account. */
const built = async (Resources: TemplateBody['Resources']) => {
  const account = await openAccount();
  const template = {
    directory: '.',
    stackName: 'test',
    hash: JSON.stringify(Resources),
    body: { Resources },
  };
  return { ...account, ...(await buildTemplate(account.world, template)) };
};

const trust = (service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
      ],
    },
  },
});

const roleOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

test('a bus is built before the rule that names it, wherever it stands', async () => {
  const { world, resources } = await built({
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'pushes',
        EventBusName: { Ref: 'Bus' },
        EventPattern: { source: ['signalbox.code'] },
      },
    },
    Sweep: { Type: 'AWS::Events::Rule', Properties: { Name: 'sweep', ScheduleExpression: 'rate(1 hour)' } },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'own', Description: 'Ours.' } },
    Policy: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        StatementId: 'other',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::210987654321:root' },
          Action: 'events:PutEvents',
          Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] },
        },
      },
    },
  });

  expect(resources).toMatchObject({ Bus: 'own', Rule: 'own|pushes', Sweep: 'sweep' });
  expect(world.events.rule('pushes', 'own').arn).toBe(arnOf('events', 'rule/own/pushes'));
  expect(world.events.rule('sweep').scheduleExpression).toBe('rate(1 hour)');
  expect([...world.events.bus('own').statements.keys()]).toEqual(['other']);
});

test('a schedule is built in its group, numbers as text too', async () => {
  const { world, resources } = await built({
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'nightly',
        GroupName: { Ref: 'Group' },
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Zurich',
        FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: '15' },
        Target: { Arn: arnOf('sqs', 'q'), RoleArn: roleOf('Role') },
      },
    },
    Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'releases' } },
    Role: trust('scheduler'),
  });

  expect(resources.Schedule).toBe('nightly');
  expect(world.scheduler.schedules.get(arnOf('scheduler', 'schedule/releases/nightly'))).toMatchObject({
    input: { FlexibleTimeWindow: { MaximumWindowInMinutes: 15 } },
  });
});

test('a schedule whose role trusts the schedule alone is refused, as Scheduler asks for its group', async () => {
  const schedule = (sourceArn: string) => {
    const role = trust('scheduler');
    const [statement] = role.Properties.AssumeRolePolicyDocument.Statement;
    Object.assign(statement!, { Condition: { ArnLike: { 'aws:SourceArn': sourceArn } } });
    return built({
      Role: role,
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          Name: 'nightly',
          ScheduleExpression: 'rate(1 day)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: arnOf('sqs', 'q'), RoleArn: roleOf('Role') },
        },
      },
    });
  };

  await schedule(arnOf('scheduler', 'schedule-group/default'));
  await expect(schedule(arnOf('scheduler', 'schedule/default/nightly'))).rejects.toThrow(
    'Resources.Schedule (AWS::Scheduler::Schedule): The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  );
});

test('a schema is registered from an object or a text, and refused if it is none', async () => {
  const registry = { Type: 'AWS::EventSchemas::Registry', Properties: { RegistryName: 'own' } };
  const schema = (Content: unknown) => ({
    Registry: registry,
    Schema: {
      Type: 'AWS::EventSchemas::Schema',
      Properties: {
        RegistryName: { 'Fn::GetAtt': ['Registry', 'RegistryName'] },
        SchemaName: 'own@A',
        Type: 'JSONSchemaDraft4',
        Content,
      },
    },
  });

  const { resources } = await built(schema({ type: 'object' }));
  expect(resources.Schema).toBe(arnOf('schemas', 'schema/own/own@A'));
  await built(schema('{"type":"object"}'));
  await expect(built(schema({ type: 'objekt' }))).rejects.toThrow('schema.type has to be one of');
});

test('a CodeBuild project is built by the names of its API', async () => {
  const { call } = await built({
    Role: trust('codebuild'),
    Project: {
      Type: 'AWS::CodeBuild::Project',
      Properties: {
        Name: 'flight-delay-image',
        ServiceRole: roleOf('Role'),
        Artifacts: { Type: 'NO_ARTIFACTS' },
        Environment: {
          Type: 'LINUX_CONTAINER',
          Image: 'aws/codebuild/standard:7.0',
          ComputeType: 'BUILD_GENERAL1_SMALL',
          PrivilegedMode: 'true',
          EnvironmentVariables: [{ Name: 'A', Value: 'b' }],
        },
        Source: { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' },
        TimeoutInMinutes: '20',
      },
    },
  });

  const { projects } = await call('BatchGetProjects', { names: ['flight-delay-image'] });
  expect(projects[0]).toMatchObject({
    timeoutInMinutes: 20,
    source: { buildspec: 'version: 0.2' },
    environment: { privilegedMode: true, environmentVariables: [{ name: 'A', value: 'b' }] },
  });
});
