import type { PolicyDocument } from './policy.ts';

const allowEverywhere = (...actions: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

const lambdaLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const tracing = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:GetSamplingStatisticSummaries',
];

/** AWS's managed policies that a stack like ours may name, as the "AWS managed policy reference" prints them. */
export const managedPolicies: Readonly<Record<string, PolicyDocument>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': allowEverywhere(...lambdaLogs),
  'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole': allowEverywhere(
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...lambdaLogs,
  ),
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess': allowEverywhere(...tracing),
  'arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess': allowEverywhere(...tracing),
};
