import {
  allEverywhere,
  arn,
  type Ids,
  type Input,
  type Need,
  type Needs,
  type NeedsTable,
  named,
  one,
  passRole,
} from './need.ts';

const sagemaker = (ids: Ids, kind: string, name: unknown): string =>
  named('sagemaker', ids, `${kind}/`, name);

/** What is called `<Kind>` in operations (`DescribeTrainingJob`), its name's member, and its kind in ARNs. */
const kinds: Readonly<Record<string, readonly [member: string, kind: string]>> = {
  Action: ['ActionName', 'action'],
  CompilationJob: ['CompilationJobName', 'compilation-job'],
  Context: ['ContextName', 'context'],
  DataQualityJobDefinition: ['JobDefinitionName', 'data-quality-job-definition'],
  Endpoint: ['EndpointName', 'endpoint'],
  EndpointConfig: ['EndpointConfigName', 'endpoint-config'],
  Experiment: ['ExperimentName', 'experiment'],
  FeatureGroup: ['FeatureGroupName', 'feature-group'],
  HyperParameterTuningJob: ['HyperParameterTuningJobName', 'hyper-parameter-tuning-job'],
  InferenceExperiment: ['Name', 'inference-experiment'],
  InferenceRecommendationsJob: ['JobName', 'inference-recommendations-job'],
  Model: ['ModelName', 'model'],
  ModelBiasJobDefinition: ['JobDefinitionName', 'model-bias-job-definition'],
  ModelCard: ['ModelCardName', 'model-card'],
  ModelExplainabilityJobDefinition: ['JobDefinitionName', 'model-explainability-job-definition'],
  ModelPackage: ['ModelPackageName', 'model-package'],
  ModelPackageGroup: ['ModelPackageGroupName', 'model-package-group'],
  ModelQualityJobDefinition: ['JobDefinitionName', 'model-quality-job-definition'],
  MonitoringSchedule: ['MonitoringScheduleName', 'monitoring-schedule'],
  Pipeline: ['PipelineName', 'pipeline'],
  ProcessingJob: ['ProcessingJobName', 'processing-job'],
  TrainingJob: ['TrainingJobName', 'training-job'],
  TransformJob: ['TransformJobName', 'transform-job'],
  Trial: ['TrialName', 'experiment-trial'],
};

const tagged = (input: Input, resource: string): readonly Need[] =>
  input.Tags?.length > 0 ? one('sagemaker:AddTags', resource) : [];

/** The action on the thing itself; for a create call also its tags and the role it is given. */
const plain =
  (action: string, member: string, kind: string): Needs =>
  (input, ids) => {
    const resource = sagemaker(ids, kind, input[member]);
    const need = one(`sagemaker:${action}`, resource);
    if (!action.startsWith('Create')) return need;
    const role = input.RoleArn ?? input.ExecutionRoleArn;
    return [...need, ...tagged(input, resource), ...passRole(role, 'sagemaker.amazonaws.com')];
  };

const verbs = ['Create', 'Describe', 'Update', 'Delete', 'Stop', 'Start'];

const ofKinds: NeedsTable = Object.fromEntries(
  Object.entries(kinds).flatMap(([name, [member, kind]]) =>
    verbs.map((verb) => [`${verb}${name}`, plain(`${verb}${name}`, member, kind)]),
  ),
);

/** An endpoint's change needs the action on the endpoint and on the config it is to serve. */
const endpointAndConfig =
  (action: string): Needs =>
  (input, ids) => [
    ...plain(action, 'EndpointName', 'endpoint')(input, ids),
    ...one(`sagemaker:${action}`, sagemaker(ids, 'endpoint-config', input.EndpointConfigName)),
  ];

/**
 * Versions of a group are `model-package/<group>/<version>`; which version comes
 * is not known before. The registry reads image and artifact for its caller, who
 * needs to be allowed both (developer guide, "Register a Model Version").
 */
const createModelPackage: Needs = (input, ids) => {
  const group = input.ModelPackageGroupName?.split('/').at(-1);
  const resource = sagemaker(ids, 'model-package', group ? `${group}/*` : input.ModelPackageName);
  const containers: readonly Input[] = input.InferenceSpecification?.Containers ?? [];
  return [
    ...one('sagemaker:CreateModelPackage', resource),
    ...tagged(input, resource),
    ...containers.flatMap(({ Image, ModelDataUrl }) => [...readImage(Image), ...readArtifact(ModelDataUrl)]),
  ];
};

/** A model made from a package needs the package, too (developer guide, "Deploy a Model Version from a Different Account"). */
const createModel: Needs = (input, ids) => [
  ...plain('CreateModel', 'ModelName', 'model')(input, ids),
  ...[input.PrimaryContainer, ...(input.Containers ?? [])].flatMap((container) => {
    if (container?.ModelPackageName === undefined) return [];
    const modelPackage = sagemaker(ids, 'model-package', container.ModelPackageName);
    return [
      ...one('sagemaker:CreateModel', modelPackage),
      ...one('sagemaker:DescribeModelPackage', modelPackage),
    ];
  }),
];

/** An image in a registry of some account: `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`. */
const readImage = (uri: unknown): readonly Need[] => {
  const [, accountId, region, repository] =
    /^(\d{12})\.dkr\.ecr\.([^.]+)\.[^/]+\/([^:@]+)/.exec(String(uri)) ?? [];
  if (repository === undefined) return [];
  return one(
    'ecr:BatchGetImage',
    arn('ecr', { accountId: accountId!, region: region! }, `repository/${repository}`),
  );
};

const readArtifact = (uri: unknown): readonly Need[] => {
  const [, path] = /^s3:\/\/(.+)$/.exec(String(uri)) ?? [];
  return path === undefined ? [] : one('s3:GetObject', `arn:aws:s3:::${path}`);
};

const byArn =
  (action: string, member: string): Needs =>
  (input) =>
    one(`sagemaker:${action}`, String(input[member]));

export const sageMakerNeeds: NeedsTable = {
  ...ofKinds,
  ...allEverywhere(
    'sagemaker',
    'ListCompilationJobs',
    'ListEndpointConfigs',
    'ListEndpoints',
    'ListModelPackageGroups',
    'ListModelPackages',
    'ListModels',
    'ListMonitoringExecutions',
    'ListProcessingJobs',
    'ListTrainingJobs',
    'ListTransformJobs',
  ),
  CreateEndpoint: endpointAndConfig('CreateEndpoint'),
  UpdateEndpoint: endpointAndConfig('UpdateEndpoint'),
  UpdateEndpointWeightsAndCapacities: plain('UpdateEndpointWeightsAndCapacities', 'EndpointName', 'endpoint'),
  CreateModel: createModel,
  CreateModelPackage: createModelPackage,
  UpdateModelPackage: byArn('UpdateModelPackage', 'ModelPackageArn'),
  CreateArtifact: (input, ids) => [
    ...one('sagemaker:CreateArtifact', sagemaker(ids, 'artifact', '*')),
    ...tagged(input, sagemaker(ids, 'artifact', '*')),
  ],
  AddAssociation: ({ SourceArn, DestinationArn }) => [
    ...one('sagemaker:AddAssociation', String(SourceArn)),
    ...one('sagemaker:AddAssociation', String(DestinationArn)),
  ],
  StartPipelineExecution: plain('StartPipelineExecution', 'PipelineName', 'pipeline'),
  DescribePipelineExecution: byArn('DescribePipelineExecution', 'PipelineExecutionArn'),
  AddTags: byArn('AddTags', 'ResourceArn'),
  DeleteTags: byArn('DeleteTags', 'ResourceArn'),
  ListTags: byArn('ListTags', 'ResourceArn'),
};

export const sageMakerRuntimeNeeds: NeedsTable = {
  InvokeEndpoint: plain('InvokeEndpoint', 'EndpointName', 'endpoint'),
  InvokeEndpointAsync: plain('InvokeEndpointAsync', 'EndpointName', 'endpoint'),
  // Streams are allowed by the same action as whole answers.
  InvokeEndpointWithResponseStream: plain('InvokeEndpoint', 'EndpointName', 'endpoint'),
};
