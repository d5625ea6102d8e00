import type { PolicyDocument } from '../../iam/policy.ts';

/** The policy that SNS gives to a new topic: services that act for the owner, such as alarms, may publish. */
export const defaultPolicy = (topicArn: string, accountId: string): PolicyDocument => ({
  Statement: [
    {
      Sid: '__default_statement_ID',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'],
      Resource: topicArn,
      Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
    },
  ],
});
