import { AwsError } from '../aws-error.ts';
import type { Call } from '../door.ts';
import { remembered } from '../remembered.ts';
import type { World } from '../world.ts';

/** Integrations that wait by a rule which Step Functions keeps in the account, and that rule's name. */
const managedRules: Readonly<Record<string, string>> = {
  'codebuild:startBuild.sync': 'StepFunctionsGetEventForCodeBuildStartBuildRule',
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
 * Holds a call that makes or changes a state machine to what its role must be
 * allowed for it. What the call leaves out stays as the machine has it.
 *
 * @throws AwsError in AWS's words
 */
export const requireRoleOfMachine = (world: World, { service, operation, input }: Call): void => {
  if (service !== 'stepfunctions') return;
  if (operation !== 'CreateStateMachine' && operation !== 'UpdateStateMachine') return;
  const given = input as MachineInput;
  const known = world.stepfunctions.machines.get(given.stateMachineArn ?? '')?.revision;
  const roleArn = given.roleArn ?? known?.roleArn;
  // A definition that is no JSON, or a machine that is not there, is the service's to refuse.
  const definition = parsed(given.definition ?? known?.definition);
  if (roleArn === undefined || definition === undefined) return;
  const logging = (given.loggingConfiguration ?? known?.loggingConfiguration) as
    | { level?: string }
    | undefined;
  const tracing = (given.tracingConfiguration ?? known?.tracingConfiguration) as
    | { enabled?: boolean }
    | undefined;
  requireStateMachineRole(world, {
    definition,
    roleArn,
    logs: (logging?.level ?? 'OFF') !== 'OFF',
    tracing: tracing?.enabled === true,
  });
};

interface MachineInput {
  readonly stateMachineArn?: string;
  readonly definition?: string;
  readonly roleArn?: string;
  readonly loggingConfiguration?: object;
  readonly tracingConfiguration?: object;
}

const parsed = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Refuses a state machine whose role lacks what Step Functions asks for at
 * creation, without any call of the machine's own: trust, managed rules of
 * `.sync`, log delivery.
 *
 * A role that may not write to X-Ray is accepted: public reports show such
 * machines made and run, their traces lost (DataBiosphere/azul#6614,
 * aws/serverless-application-model#1728). `sagemaker:AddTags`, for the tags that
 * `.sync` adds, is asked for when the job is created.
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

/** Many worlds open the same definitions, which nobody changes. */
const known = new WeakMap<object, ReadonlySet<string>>();

/** The managed rules that a definition's states wait by, at any depth. */
const rulesFor = (definition: unknown): ReadonlySet<string> =>
  typeof definition === 'object' && definition !== null
    ? remembered(known, definition, () => rulesIn(definition))
    : new Set();

const rulesIn = (definition: object): Set<string> => {
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
