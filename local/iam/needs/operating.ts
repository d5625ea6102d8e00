import { allEverywhere, arn, each, type Ids, type NeedsTable, named, one, passRole } from './need.ts';

// What runs and watches: functions, images, alarms, scaling, pipelines.

const functionArn = (
  ids: Ids,
  { FunctionName, Qualifier }: { FunctionName: string; Qualifier?: string },
): string => {
  const plain = named('lambda', ids, 'function:', FunctionName);
  return Qualifier ? `${plain}:${Qualifier}` : plain;
};

export const lambdaNeeds: NeedsTable = {
  ...each(
    ['DeleteFunction', 'GetFunction', 'GetFunctionConfiguration', 'GetPolicy', 'ListVersionsByFunction'],
    (action) => (input, ids) => one(`lambda:${action}`, functionArn(ids, input)),
  ),
  CreateFunction: (input, ids) => [
    ...one('lambda:CreateFunction', functionArn(ids, input)),
    ...passRole(input.Role, 'lambda.amazonaws.com'),
  ],
  Invoke: (input, ids) => one('lambda:InvokeFunction', functionArn(ids, input)),
  InvokeWithResponseStream: (input, ids) => one('lambda:InvokeFunction', functionArn(ids, input)),
  ...allEverywhere('lambda', 'CreateEventSourceMapping', 'ListEventSourceMappings', 'ListFunctions'),
};

export const ecrNeeds: NeedsTable = {
  ...each(
    [
      'BatchCheckLayerAvailability',
      'BatchDeleteImage',
      'BatchGetImage',
      'CreateRepository',
      'DeleteRepository',
      'DescribeImages',
      'GetDownloadUrlForLayer',
      'GetRepositoryPolicy',
      'ListImages',
      'PutImage',
      'SetRepositoryPolicy',
    ],
    (action) => (input, ids) => one(`ecr:${action}`, arn('ecr', ids, `repository/${input.repositoryName}`)),
  ),
  DescribeRepositories: ({ repositoryNames }, ids) =>
    (repositoryNames ?? ['*']).map((name: string) => ({
      action: 'ecr:DescribeRepositories',
      resource: arn('ecr', ids, `repository/${name}`),
    })),
  ...allEverywhere('ecr', 'GetAuthorizationToken'),
};

const alarmArn = (ids: Ids, name: string): string => arn('cloudwatch', ids, `alarm:${name}`);

/** Dashboards belong to no region. */
const dashboardArn = ({ accountId }: Ids, name: string): string =>
  `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;

export const cloudWatchNeeds: NeedsTable = {
  ...each(['PutCompositeAlarm', 'PutMetricAlarm'], (action) => ({ AlarmName, Tags }, ids) => [
    ...one(`cloudwatch:${action}`, alarmArn(ids, AlarmName)),
    // Who makes it with tags must be allowed to tag it.
    ...(Tags?.length > 0 ? one('cloudwatch:TagResource', alarmArn(ids, AlarmName)) : []),
  ]),
  SetAlarmState: ({ AlarmName }, ids) => one('cloudwatch:SetAlarmState', alarmArn(ids, AlarmName)),
  ...each(
    ['DeleteAlarms', 'DisableAlarmActions', 'EnableAlarmActions'],
    (action) => (input, ids) =>
      (input.AlarmNames ?? []).map((name: string) => ({
        action: `cloudwatch:${action}`,
        resource: alarmArn(ids, name),
      })),
  ),
  ...each(
    ['ListTagsForResource', 'TagResource', 'UntagResource'],
    (action) =>
      ({ ResourceARN }) =>
        one(`cloudwatch:${action}`, ResourceARN),
  ),
  PutMetricData: ({ Namespace }) =>
    one('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': String(Namespace) }),
  ...each(
    ['GetDashboard', 'PutDashboard'],
    (action) => (input, ids) => one(`cloudwatch:${action}`, dashboardArn(ids, input.DashboardName)),
  ),
  DeleteDashboards: ({ DashboardNames }, ids) =>
    (DashboardNames ?? []).map((name: string) => ({
      action: 'cloudwatch:DeleteDashboards',
      resource: dashboardArn(ids, name),
    })),
  DescribeAlarmHistory: ({ AlarmName = '*' }, ids) =>
    one('cloudwatch:DescribeAlarmHistory', alarmArn(ids, AlarmName)),
  ...allEverywhere(
    'cloudwatch',
    'DescribeAlarms',
    'DescribeAlarmsForMetric',
    'GetMetricData',
    'GetMetricStatistics',
    'ListDashboards',
    'ListMetrics',
  ),
};

/** Scalable targets have ids that no caller knows before. */
export const applicationAutoScalingNeeds: NeedsTable = {
  ...each(
    [
      'DeleteScalingPolicy',
      'DeleteScheduledAction',
      'DeregisterScalableTarget',
      'PutScalingPolicy',
      'PutScheduledAction',
      'RegisterScalableTarget',
    ],
    (action) => (input, ids) => [
      ...one(`application-autoscaling:${action}`, arn('application-autoscaling', ids, 'scalable-target/*')),
      ...passRole(input.RoleARN, 'application-autoscaling.amazonaws.com'),
    ],
  ),
  ...each(
    ['ListTagsForResource', 'TagResource', 'UntagResource'],
    (action) =>
      ({ ResourceARN }) =>
        one(`application-autoscaling:${action}`, ResourceARN),
  ),
  ...allEverywhere(
    'application-autoscaling',
    'DescribeScalableTargets',
    'DescribeScalingActivities',
    'DescribeScalingPolicies',
    'DescribeScheduledActions',
  ),
};

const pipelineName = (input: { name?: string; pipelineName?: string }): string =>
  input.name ?? input.pipelineName ?? '*';

export const codePipelineNeeds: NeedsTable = {
  ...each(
    [
      'GetPipeline',
      'GetPipelineExecution',
      'GetPipelineState',
      'ListActionExecutions',
      'ListPipelineExecutions',
      'StartPipelineExecution',
      'StopPipelineExecution',
    ],
    (action) => (input, ids) => one(`codepipeline:${action}`, arn('codepipeline', ids, pipelineName(input))),
  ),
  CreatePipeline: ({ pipeline }, ids) => [
    ...one('codepipeline:CreatePipeline', arn('codepipeline', ids, pipeline.name)),
    ...passRole(pipeline.roleArn, 'codepipeline.amazonaws.com'),
  ],
  PutApprovalResult: ({ pipelineName: pipeline, stageName, actionName }, ids) =>
    one('codepipeline:PutApprovalResult', arn('codepipeline', ids, `${pipeline}/${stageName}/${actionName}`)),
  ...each(
    ['DisableStageTransition', 'EnableStageTransition', 'RetryStageExecution'],
    (action) => (input, ids) =>
      one(`codepipeline:${action}`, arn('codepipeline', ids, `${pipelineName(input)}/${input.stageName}`)),
  ),
  ...allEverywhere(
    'codepipeline',
    'AcknowledgeJob',
    'GetJobDetails',
    'ListPipelines',
    'PollForJobs',
    'PutJobFailureResult',
    'PutJobSuccessResult',
  ),
};
