import { allEverywhere, arn, each, type Needs, type NeedsTable, named, one, passRole } from './need.ts';

/** An action on the resource whose ARN stands in `member`. */
const on =
  (action: string, member: string): Needs =>
  (input) =>
    one(`states:${action}`, String(input[member]));

const machine = (action: string): Needs => on(action, 'stateMachineArn');
const execution = (action: string): Needs => on(action, 'executionArn');

/** AWS asks for the action on the state machine that waits. */
const taskToken =
  (action: string): Needs =>
  (input, ids) => {
    const [resource = '*', ...orOn] = ids.waitersWith?.(input.taskToken) ?? [];
    return [{ action: `states:${action}`, resource, orOn }];
  };

export const stepFunctionsNeeds: NeedsTable = {
  ...each(
    [
      'DeleteStateMachine',
      'DescribeStateMachine',
      'ListStateMachineAliases',
      'ListStateMachineVersions',
      'PublishStateMachineVersion',
      'StartExecution',
      'StartSyncExecution',
    ],
    machine,
  ),
  ...each(
    [
      'DescribeExecution',
      'DescribeStateMachineForExecution',
      'GetExecutionHistory',
      'ListMapRuns',
      'RedriveExecution',
      'StopExecution',
    ],
    execution,
  ),
  ...each(['SendTaskFailure', 'SendTaskHeartbeat', 'SendTaskSuccess'], taskToken),
  ...each(['DescribeMapRun', 'UpdateMapRun'], (action) => on(action, 'mapRunArn')),
  ...each(['DeleteStateMachineAlias', 'DescribeStateMachineAlias', 'UpdateStateMachineAlias'], (action) =>
    on(action, 'stateMachineAliasArn'),
  ),
  ...each(['ListTagsForResource', 'TagResource', 'UntagResource'], (action) => on(action, 'resourceArn')),
  ...each(['DeleteActivity', 'DescribeActivity', 'GetActivityTask'], (action) => on(action, 'activityArn')),
  ...allEverywhere('states', 'ListActivities', 'ListStateMachines', 'ValidateStateMachineDefinition'),

  CreateActivity: ({ name }, ids) => one('states:CreateActivity', arn('states', ids, `activity:${name}`)),
  CreateStateMachine: (input, ids) => {
    const resource = arn('states', ids, `stateMachine:${input.name}`);
    return [
      ...one('states:CreateStateMachine', resource),
      ...(input.publish === true ? one('states:PublishStateMachineVersion', resource) : []),
      ...(input.tags?.length > 0 ? one('states:TagResource', resource) : []),
      ...passRole(input.roleArn, 'states.amazonaws.com'),
    ];
  },
  UpdateStateMachine: (input) => [
    ...one('states:UpdateStateMachine', input.stateMachineArn),
    ...(input.publish === true ? one('states:PublishStateMachineVersion', input.stateMachineArn) : []),
    ...passRole(input.roleArn, 'states.amazonaws.com'),
  ],
  // An alias stands behind the machine of the versions that it points to.
  CreateStateMachineAlias: ({ name, routingConfiguration }) => {
    const version = String(routingConfiguration?.[0]?.stateMachineVersionArn ?? '*');
    return one('states:CreateStateMachineAlias', version.replace(/:\d+$/, `:${name}`));
  },
  DeleteStateMachineVersion: on('DeleteStateMachineVersion', 'stateMachineVersionArn'),
  // Children of a distributed Map are listed by its run.
  ListExecutions: ({ stateMachineArn, mapRunArn }) =>
    one('states:ListExecutions', String(stateMachineArn ?? mapRunArn)),
  TestState: ({ roleArn }, ids) => [
    ...one('states:TestState', '*'),
    ...(roleArn === undefined ? [] : passRole(named('iam', ids, 'role/', roleArn), 'states.amazonaws.com')),
  ],
};
