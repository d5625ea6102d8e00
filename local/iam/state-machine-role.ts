import { AwsError } from '../aws-error.ts';
import type { World } from '../world.ts';

/** Integrations that wait by a rule which Step Functions keeps in the account, and that rule's name. */
const managedRules: Readonly<Record<string, string>> = {
  'sagemaker:createTrainingJob.sync': 'StepFunctionsGetEventsForSageMakerTrainingJobsRule',
  'sagemaker:createProcessingJob.sync': 'StepFunctionsGetEventsForSageMakerProcessingJobsRule',
  'sagemaker:createTransformJob.sync': 'StepFunctionsGetEventsForSageMakerTransformJobsRule',
  'sagemaker:createHyperParameterTuningJob.sync': 'StepFunctionsGetEventsForSageMakerTuningJobsRule',
  'states:startExecution.sync': 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
  'states:startExecution.sync:2': 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
};

const tracingActions = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

const logDeliveryActions = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

export interface StateMachineNeeds {
  readonly definition: unknown;
  readonly roleArn: string;
  readonly logs: boolean;
  readonly tracing: boolean;
}

/**
 * Refuses a state machine whose role lacks what Step Functions asks for at
 * creation, without any call of the machine's own: trust, managed rules of
 * `.sync`, log delivery. A role that may not write to X-Ray is accepted, as its
 * traces would only be lost; whether AWS refuses it is unconfirmed.
 *
 * @throws AwsError in AWS's words
 */
export const requireStateMachineRole = (
  world: World,
  { definition, roleArn, logs, tracing }: StateMachineNeeds,
): void => {
  if (!world.iam.trusts(roleArn, 'states.amazonaws.com')) {
    throw new AwsError(
      'AccessDeniedException',
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    );
  }
  for (const rule of rulesFor(definition)) {
    const arn = `arn:aws:events:${world.region}:${world.accountId}:rule/${rule}`;
    for (const action of ['events:PutTargets', 'events:PutRule', 'events:DescribeRule']) {
      if (world.door.allows(roleArn, action, arn)) continue;
      throw new AwsError('AccessDeniedException', `'${roleArn}' is not authorized to create managed-rule.`);
    }
  }
  for (const action of tracing ? tracingActions : []) world.door.allows(roleArn, action, '*');
  if (logs && !logDeliveryActions.every((action) => world.door.allows(roleArn, action, '*'))) {
    throw new AwsError(
      'AccessDeniedException',
      'The state machine IAM Role is not authorized to access the Log Destination',
    );
  }
};

/** The managed rules that a definition's states wait by, at any depth. */
const rulesFor = (definition: unknown): Set<string> => {
  const rules = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const resource = (value as { Resource?: unknown }).Resource;
    const rule = typeof resource === 'string' && managedRules[resource.replace('arn:aws:states:::', '')];
    if (rule) rules.add(rule);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(definition);
  return rules;
};
