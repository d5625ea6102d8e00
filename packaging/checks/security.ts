import type { Template, TemplateResource } from './template.ts';

/** Security that every resource has by default, held here so that none loses it. */
export function securityFindings(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([name, resource]) => {
    const rules = RULES[resource.Type];
    return rules ? rules(resource, name, template).map((text) => `${name}: ${text}`) : [];
  });
}

type Rule = (resource: TemplateResource, name: string, template: Template) => string[];

const unless = (good: unknown, text: string): string[] => (good ? [] : [text]);

const RULES: Readonly<Record<string, Rule>> = {
  'AWS::S3::Bucket': ({ Properties }, name, template) => [
    ...unless(Properties.BucketEncryption, 'is not encrypted'),
    ...unless(tlsOnly(name, template), 'may be used without TLS'),
    // The packager's own bucket is private by its own setting.
    ...(name === 'ServerlessDeploymentBucket'
      ? []
      : unless(Properties.VersioningConfiguration?.Status === 'Enabled', 'is not versioned')),
    ...unless(
      Object.values(Properties.PublicAccessBlockConfiguration ?? {}).filter(Boolean).length === 4,
      'does not block public access',
    ),
  ],
  'AWS::DynamoDB::Table': ({ Properties }) => [
    ...unless(Properties.SSESpecification?.SSEEnabled, 'is not encrypted'),
    ...unless(
      Properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled,
      'has no point-in-time recovery',
    ),
  ],
  'AWS::SQS::Queue': ({ Properties }, name) => [
    ...unless(Properties.SqsManagedSseEnabled || Properties.KmsMasterKeyId, 'is not encrypted'),
    ...(name.includes('DeadLetter') ? [] : unless(Properties.RedrivePolicy, 'has no dead-letter queue')),
  ],
  'AWS::SNS::Topic': ({ Properties }) => unless(Properties.KmsMasterKeyId, 'is not encrypted'),
  'AWS::Events::Rule': ({ Properties }) =>
    (Properties.Targets as Record<string, unknown>[]).flatMap((target) =>
      unless(target.DeadLetterConfig, `target ${target.Id} has no dead-letter queue`),
    ),
  'AWS::Logs::LogGroup': ({ Properties }) => unless(Properties.RetentionInDays, 'keeps logs for ever'),
  'AWS::StepFunctions::StateMachine': ({ Properties }) => [
    ...unless(Properties.LoggingConfiguration, 'has no execution log'),
    ...unless(Properties.LoggingConfiguration?.IncludeExecutionData === false, 'logs inputs and outputs'),
    ...unless(Properties.TracingConfiguration?.Enabled, 'is not traced'),
  ],
  'AWS::Scheduler::Schedule': ({ Properties }) =>
    unless(Properties.Target.DeadLetterConfig, 'has no dead-letter queue'),
  'AWS::IAM::Role': ({ Properties }) =>
    (Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .flatMap(({ Action, Resource }) => {
        const actions = [Action].flat();
        return [
          ...actions
            .filter((action) => action.includes('*'))
            .map((action) => `grants the wildcard action ${action}`),
          ...([Resource].flat().includes('*') ? actions : [])
            .filter((action) => !OF_NO_RESOURCE.test(action))
            .map((action) => `grants ${action} on every resource`),
        ];
      }),
};

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** Actions that no resource is known to narrow: the account's own, those on a token or a job id, and log delivery. */
const OF_NO_RESOURCE =
  /^(xray:\w+|logs:\w*(LogDelivery|LogDeliveries|ResourcePolic(y|ies)|LogGroups)|states:SendTaskSuccess|codepipeline:PutJob\w+Result|ecr:GetAuthorizationToken|sagemaker:ListTags|cloudwatch:(PutMetricData|GetMetricData|DescribeAlarms))$/;

function tlsOnly(bucket: string, template: Template): boolean {
  return Object.values(template.Resources).some(
    ({ Type, Properties }) =>
      Type === 'AWS::S3::BucketPolicy' &&
      Properties.Bucket.Ref === bucket &&
      JSON.stringify(Properties.PolicyDocument).includes('aws:SecureTransport'),
  );
}
