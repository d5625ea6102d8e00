import type { ServiceName } from '../service.ts';
import type { RequestContext } from './conditions.ts';

/** One permission that a call needs. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
  /** Other resources of which one would do as well, where it cannot be told which one is meant. */
  readonly orOn?: readonly string[];
}

export interface Ids {
  readonly accountId: string;
  readonly region: string;
  /** The state machines of which one waits with this task token; one alone if that is known. */
  readonly waitersWith?: (taskToken: string) => readonly string[];
}

/** What an operation of AWS's needs to be allowed, from the "Service Authorization Reference". */
export const needsOf = (
  service: ServiceName,
  operation: string,
  input: unknown,
  ids: Ids,
): readonly Need[] => {
  const entry = table[service][operation];
  const values = (input ?? {}) as Input;
  if (entry !== undefined) return entry(values, ids);
  return [{ action: `${prefixes[service]}:${operation}`, resource: '*' }];
};

// biome-ignore lint/suspicious/noExplicitAny: inputs have AWS's shapes and were checked by AWS's models.
type Input = any;
type Needs = (input: Input, ids: Ids) => readonly Need[];

const prefixes: Readonly<Record<ServiceName, string>> = {
  'application-autoscaling': 'application-autoscaling',
  cloudwatch: 'cloudwatch',
  codepipeline: 'codepipeline',
  dynamodb: 'dynamodb',
  ecr: 'ecr',
  events: 'events',
  lambda: 'lambda',
  s3: 's3',
  sagemaker: 'sagemaker',
  'sagemaker-runtime': 'sagemaker',
  sns: 'sns',
  sqs: 'sqs',
  stepfunctions: 'states',
};

const one = (action: string, resource: string, context?: RequestContext): readonly Need[] => [
  context === undefined ? { action, resource } : { action, resource, context },
];

const arn = (service: string, { region, accountId }: Ids, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** A name as it stands, or an ARN as it is. */
const named = (service: string, ids: Ids, kind: string, nameOrArn: unknown): string =>
  String(nameOrArn).startsWith('arn:') ? String(nameOrArn) : arn(service, ids, `${kind}${String(nameOrArn)}`);

const passRole = (roleArn: unknown, service: string): readonly Need[] =>
  typeof roleArn === 'string'
    ? [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:passedtoservice': service } }]
    : [];

// --- SageMaker -------------------------------------------------------------

const sagemaker =
  (action: string, kind: string, member: string): Needs =>
  (input, ids) =>
    one(`sagemaker:${action}`, named('sagemaker', ids, `${kind}/`, input[member]));

/** Creating with tags needs `AddTags` beside the create action. */
const sagemakerCreate =
  (action: string, kind: string, member: string, roleMember?: string): Needs =>
  (input, ids) => {
    const resource = named('sagemaker', ids, `${kind}/`, input[member]);
    return [
      ...one(`sagemaker:${action}`, resource),
      ...(input.Tags?.length > 0 ? one('sagemaker:AddTags', resource) : []),
      ...(roleMember ? passRole(input[roleMember], 'sagemaker.amazonaws.com') : []),
    ];
  };

/** An endpoint's change needs the action on the endpoint and on the config it is to serve. */
const endpointAndConfig =
  (action: string): Needs =>
  (input, ids) => [
    ...sagemakerCreate(action, 'endpoint', 'EndpointName')(input, ids),
    ...one(`sagemaker:${action}`, arn('sagemaker', ids, `endpoint-config/${input.EndpointConfigName}`)),
  ];

/** Versions of a group are `model-package/<group>/<version>`; which version comes is not known before. */
const createModelPackage: Needs = (input, ids) => {
  const group = input.ModelPackageGroupName?.split('/').at(-1);
  const resource = arn(
    'sagemaker',
    ids,
    group ? `model-package/${group}/*` : `model-package/${input.ModelPackageName}`,
  );
  return [
    ...one('sagemaker:CreateModelPackage', resource),
    ...(input.Tags?.length > 0 ? one('sagemaker:AddTags', resource) : []),
  ];
};

// --- S3 --------------------------------------------------------------------

const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

const s3Object =
  (action: string, versioned = action): Needs =>
  (input) =>
    one(
      input.VersionId === undefined ? `s3:${action}` : `s3:${versioned}`,
      objectArn(input.Bucket, input.Key),
    );

const copyObject: Needs = (input) => {
  const source = decodeURIComponent(String(input.CopySource)).replace(/^\//, '');
  const [path, versionId] = source.split('?versionId=');
  return [
    ...one(versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', `arn:aws:s3:::${path}`),
    ...one('s3:PutObject', objectArn(input.Bucket, input.Key)),
  ];
};

// --- others ----------------------------------------------------------------

const ofTable =
  (action: string): Needs =>
  (input, ids) => {
    const key = input.Key ?? input.Item;
    const leading = key && Object.values(Object.values(key)[0] ?? {})[0];
    return one(
      `dynamodb:${action}`,
      named('dynamodb', ids, 'table/', input.TableName) +
        (input.IndexName ? `/index/${input.IndexName}` : ''),
      typeof leading === 'string' ? { 'dynamodb:leadingkeys': [leading] } : undefined,
    );
  };

/** `https://sqs.<region>.amazonaws.com/<account>/<name>` */
const queue =
  (action: string): Needs =>
  (input, ids) =>
    one(`sqs:${action}`, arn('sqs', ids, String(input.QueueUrl).split('/').at(-1) ?? '*'));

const machine =
  (action: string): Needs =>
  (input) =>
    one(`states:${action}`, input.stateMachineArn);

const execution =
  (action: string): Needs =>
  (input) =>
    one(`states:${action}`, input.executionArn);

/** AWS asks for the action on the state machine that waits. */
const taskToken =
  (action: string): Needs =>
  (input, ids) => {
    const [resource = '*', ...orOn] = ids.waitersWith?.(input.taskToken) ?? [];
    return [{ action: `states:${action}`, resource, orOn }];
  };

const createMachine: Needs = (input, ids) => [
  ...one('states:CreateStateMachine', arn('states', ids, `stateMachine:${input.name}`)),
  ...passRole(input.roleArn, 'states.amazonaws.com'),
];

const updateMachine: Needs = (input) => [
  ...one('states:UpdateStateMachine', input.stateMachineArn),
  ...passRole(input.roleArn, 'states.amazonaws.com'),
];

const rule =
  (action: string, member: string): Needs =>
  (input, ids) =>
    one(`events:${action}`, arn('events', ids, `rule/${input[member]}`));

const putTargets: Needs = (input, ids) => [
  ...one('events:PutTargets', arn('events', ids, `rule/${input.Rule}`)),
  ...(input.Targets ?? []).flatMap((target: Input) => passRole(target.RoleArn, 'events.amazonaws.com')),
];

const putEvents: Needs = (input, ids) =>
  [...new Set<string>((input.Entries ?? []).map((entry: Input) => entry.EventBusName ?? 'default'))].map(
    (bus) => ({
      action: 'events:PutEvents',
      resource: named('events', ids, 'event-bus/', bus),
    }),
  );

const alarms =
  (action: string): Needs =>
  (input, ids) =>
    (input.AlarmNames ?? []).map((name: string) => ({
      action: `cloudwatch:${action}`,
      resource: arn('cloudwatch', ids, `alarm:${name}`),
    }));

const alarm =
  (action: string): Needs =>
  (input, ids) =>
    one(`cloudwatch:${action}`, arn('cloudwatch', ids, `alarm:${input.AlarmName}`));

const invokeFunction: Needs = (input, ids) => {
  const plain = named('lambda', ids, 'function:', input.FunctionName);
  return one('lambda:InvokeFunction', input.Qualifier ? `${plain}:${input.Qualifier}` : plain);
};

/** Whatever is not listed needs `<prefix>:<Operation>` on `*`, as AWS's list operations do. */
const table: Readonly<Record<ServiceName, Readonly<Record<string, Needs>>>> = {
  'application-autoscaling': {},
  cloudwatch: {
    PutMetricAlarm: alarm('PutMetricAlarm'),
    SetAlarmState: alarm('SetAlarmState'),
    DeleteAlarms: alarms('DeleteAlarms'),
    PutMetricData: ({ Namespace }) =>
      one('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': String(Namespace) }),
  },
  codepipeline: {},
  dynamodb: {
    GetItem: ofTable('GetItem'),
    PutItem: ofTable('PutItem'),
    UpdateItem: ofTable('UpdateItem'),
    DeleteItem: ofTable('DeleteItem'),
    Query: ofTable('Query'),
    Scan: ofTable('Scan'),
    DescribeTable: ofTable('DescribeTable'),
  },
  ecr: {
    DescribeImages: (input, ids) =>
      one('ecr:DescribeImages', arn('ecr', ids, `repository/${input.repositoryName}`)),
  },
  events: {
    PutEvents: putEvents,
    PutRule: rule('PutRule', 'Name'),
    DescribeRule: rule('DescribeRule', 'Name'),
    DeleteRule: rule('DeleteRule', 'Name'),
    PutTargets: putTargets,
    RemoveTargets: rule('RemoveTargets', 'Rule'),
  },
  lambda: { Invoke: invokeFunction },
  s3: {
    GetObject: s3Object('GetObject', 'GetObjectVersion'),
    HeadObject: s3Object('GetObject', 'GetObjectVersion'),
    PutObject: s3Object('PutObject'),
    DeleteObject: s3Object('DeleteObject', 'DeleteObjectVersion'),
    CopyObject: copyObject,
    ListObjectsV2: ({ Bucket, Prefix }) =>
      one('s3:ListBucket', `arn:aws:s3:::${Bucket}`, { 's3:prefix': String(Prefix ?? '') }),
    HeadBucket: ({ Bucket }) => one('s3:ListBucket', `arn:aws:s3:::${Bucket}`),
  },
  sagemaker: {
    CreateTrainingJob: sagemakerCreate('CreateTrainingJob', 'training-job', 'TrainingJobName', 'RoleArn'),
    CreateProcessingJob: sagemakerCreate(
      'CreateProcessingJob',
      'processing-job',
      'ProcessingJobName',
      'RoleArn',
    ),
    CreateTransformJob: sagemakerCreate('CreateTransformJob', 'transform-job', 'TransformJobName'),
    CreateCompilationJob: sagemakerCreate(
      'CreateCompilationJob',
      'compilation-job',
      'CompilationJobName',
      'RoleArn',
    ),
    CreateModel: sagemakerCreate('CreateModel', 'model', 'ModelName', 'ExecutionRoleArn'),
    CreateEndpointConfig: sagemakerCreate(
      'CreateEndpointConfig',
      'endpoint-config',
      'EndpointConfigName',
      'ExecutionRoleArn',
    ),
    CreateEndpoint: endpointAndConfig('CreateEndpoint'),
    UpdateEndpoint: endpointAndConfig('UpdateEndpoint'),
    CreateModelPackage: createModelPackage,
    CreateModelPackageGroup: sagemakerCreate(
      'CreateModelPackageGroup',
      'model-package-group',
      'ModelPackageGroupName',
    ),
    DescribeTrainingJob: sagemaker('DescribeTrainingJob', 'training-job', 'TrainingJobName'),
    DescribeProcessingJob: sagemaker('DescribeProcessingJob', 'processing-job', 'ProcessingJobName'),
    DescribeTransformJob: sagemaker('DescribeTransformJob', 'transform-job', 'TransformJobName'),
    DescribeCompilationJob: sagemaker('DescribeCompilationJob', 'compilation-job', 'CompilationJobName'),
    DescribeModel: sagemaker('DescribeModel', 'model', 'ModelName'),
    DescribeEndpointConfig: sagemaker('DescribeEndpointConfig', 'endpoint-config', 'EndpointConfigName'),
    DescribeEndpoint: sagemaker('DescribeEndpoint', 'endpoint', 'EndpointName'),
    DescribeModelPackage: sagemaker('DescribeModelPackage', 'model-package', 'ModelPackageName'),
    DescribeModelPackageGroup: sagemaker(
      'DescribeModelPackageGroup',
      'model-package-group',
      'ModelPackageGroupName',
    ),
    UpdateModelPackage: sagemaker('UpdateModelPackage', 'model-package', 'ModelPackageArn'),
    UpdateEndpointWeightsAndCapacities: sagemaker(
      'UpdateEndpointWeightsAndCapacities',
      'endpoint',
      'EndpointName',
    ),
    DeleteModel: sagemaker('DeleteModel', 'model', 'ModelName'),
    DeleteEndpointConfig: sagemaker('DeleteEndpointConfig', 'endpoint-config', 'EndpointConfigName'),
    DeleteEndpoint: sagemaker('DeleteEndpoint', 'endpoint', 'EndpointName'),
    StopTrainingJob: sagemaker('StopTrainingJob', 'training-job', 'TrainingJobName'),
    StopProcessingJob: sagemaker('StopProcessingJob', 'processing-job', 'ProcessingJobName'),
    StopTransformJob: sagemaker('StopTransformJob', 'transform-job', 'TransformJobName'),
    StopCompilationJob: sagemaker('StopCompilationJob', 'compilation-job', 'CompilationJobName'),
    AddTags: ({ ResourceArn }) => one('sagemaker:AddTags', ResourceArn),
    ListTags: ({ ResourceArn }) => one('sagemaker:ListTags', ResourceArn),
  },
  'sagemaker-runtime': {
    InvokeEndpoint: sagemaker('InvokeEndpoint', 'endpoint', 'EndpointName'),
  },
  sns: {
    Publish: ({ TopicArn, TargetArn }) => one('sns:Publish', TopicArn ?? TargetArn ?? '*'),
  },
  sqs: {
    SendMessage: queue('SendMessage'),
    SendMessageBatch: queue('SendMessage'),
    ReceiveMessage: queue('ReceiveMessage'),
    DeleteMessage: queue('DeleteMessage'),
    DeleteMessageBatch: queue('DeleteMessage'),
    ChangeMessageVisibility: queue('ChangeMessageVisibility'),
    GetQueueAttributes: queue('GetQueueAttributes'),
    GetQueueUrl: (input, ids) => one('sqs:GetQueueUrl', arn('sqs', ids, input.QueueName)),
    PurgeQueue: queue('PurgeQueue'),
  },
  stepfunctions: {
    CreateStateMachine: createMachine,
    UpdateStateMachine: updateMachine,
    DescribeStateMachine: machine('DescribeStateMachine'),
    DeleteStateMachine: machine('DeleteStateMachine'),
    ListExecutions: machine('ListExecutions'),
    StartExecution: machine('StartExecution'),
    StartSyncExecution: machine('StartSyncExecution'),
    DescribeExecution: execution('DescribeExecution'),
    StopExecution: execution('StopExecution'),
    GetExecutionHistory: execution('GetExecutionHistory'),
    RedriveExecution: execution('RedriveExecution'),
    DescribeStateMachineForExecution: execution('DescribeStateMachineForExecution'),
    SendTaskSuccess: taskToken('SendTaskSuccess'),
    SendTaskFailure: taskToken('SendTaskFailure'),
    SendTaskHeartbeat: taskToken('SendTaskHeartbeat'),
  },
};
