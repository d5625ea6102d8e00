// One schedule for every pipeline that has one, and what they need together.
// Made from the pipeline files; without a schedule it is empty.
const { createHash } = require('node:crypto');
const { pipelines } = require('../packaging/watched.cjs');

const scheduled = pipelines.filter(({ triggers }) => triggers?.schedule);

/** CloudFormation takes letters and digits alone: names that are the same without their hyphens differ by their hash. */
const logicalId = (name) => {
  const words = name.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
  return `${words.join('')}Schedule${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
};

const schedule = ({ name, triggers }) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Description: `Asks for a release of ${name}.`,
    GroupName: { Ref: 'ScheduleGroup' },
    Name: name,
    ScheduleExpression: triggers.schedule.expression,
    ScheduleExpressionTimezone: triggers.schedule.timezone ?? 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: { 'Fn::GetAtt': ['EventQueue', 'Arn'] },
      RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
      // Scheduler puts in when it was due: what names the signal when it comes twice.
      Input: JSON.stringify({
        source: 'signalbox.schedule',
        pipeline: name,
        schedule: name,
        scheduledTime: '<aws.scheduler.scheduled-time>',
      }),
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['EventDeadLetterQueue', 'Arn'] } },
      // A release that comes a day late is better asked for by the next schedule.
      RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 20 },
    },
  },
});

const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': ['ScheduleGroup', 'Arn'] } },
          },
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'signal',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Resource: [
                { 'Fn::GetAtt': ['EventQueue', 'Arn'] },
                { 'Fn::GetAtt': ['EventDeadLetterQueue', 'Arn'] },
              ],
            },
          ],
        },
      },
    ],
  },
};

module.exports = {
  Resources:
    scheduled.length === 0
      ? {}
      : {
          ScheduleGroup: {
            Type: 'AWS::Scheduler::ScheduleGroup',
            Properties: { Name: { 'Fn::Sub': '${AWS::StackName}' } },
          },
          ScheduleRole: role,
          ...Object.fromEntries(scheduled.map((pipeline) => [logicalId(pipeline.name), schedule(pipeline)])),
        },
};
