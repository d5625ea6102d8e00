const REQUEST = [''];
const JOB = ['', '.sync'];
const CALLBACK = ['', '.waitForTaskToken'];

/**
 * The actions with an optimized integration and their patterns, those this world
 * does not model too: what is not among them is a fault at AWS as well
 * (developer guide, "Integrating optimized services").
 */
const OPTIMIZED: Readonly<Record<string, readonly [actions: string, patterns: readonly string[]][]>> = {
  apigateway: [['invoke', CALLBACK]],
  athena: [
    ['startQueryExecution', JOB],
    ['stopQueryExecution getQueryExecution getQueryResults', REQUEST],
  ],
  batch: [['submitJob', JOB]],
  bedrock: [
    ['invokeModel', CALLBACK],
    ['createModelCustomizationJob', JOB],
  ],
  codebuild: [
    ['startBuild startBuildBatch', JOB],
    ['stopBuild batchDeleteBuilds batchGetReports stopBuildBatch retryBuildBatch deleteBuildBatch', REQUEST],
  ],
  databrew: [['startJobRun', JOB]],
  dynamodb: [['getItem putItem deleteItem updateItem', REQUEST]],
  ecs: [['runTask', ['', '.sync', '.waitForTaskToken']]],
  eks: [
    [
      'createCluster deleteCluster createFargateProfile deleteFargateProfile createNodegroup deleteNodegroup',
      JOB,
    ],
    ['runJob', JOB],
    ['call', CALLBACK],
  ],
  elasticmapreduce: [
    ['createCluster terminateCluster addStep', JOB],
    [
      'cancelStep setClusterTerminationProtection modifyInstanceFleetByName modifyInstanceGroupByName',
      REQUEST,
    ],
  ],
  'emr-containers': [['createVirtualCluster deleteVirtualCluster startJobRun', JOB]],
  'emr-serverless': [
    ['createApplication startApplication stopApplication deleteApplication startJobRun cancelJobRun', JOB],
  ],
  events: [['putEvents', CALLBACK]],
  glue: [['startJobRun', JOB]],
  http: [['invoke', REQUEST]],
  lambda: [['invoke', CALLBACK]],
  mediaconvert: [['createJob', JOB]],
  sagemaker: [
    [
      'createTrainingJob createProcessingJob createTransformJob createHyperParameterTuningJob createLabelingJob',
      JOB,
    ],
    ['createModel createEndpointConfig createEndpoint updateEndpoint', REQUEST],
  ],
  sns: [['publish', CALLBACK]],
  sqs: [['sendMessage', CALLBACK]],
  states: [['startExecution', ['', '.sync', '.sync:2', '.waitForTaskToken']]],
};

const PARTS = /^arn:aws[\w-]*:states:[\w-]*:\d*:(?<name>[\w-]+):(?<action>[\w-]+)(?<pattern>(\.[\w:]+)?)$/;

/** Whether AWS has this optimized integration. */
export function isOptimizedAction(arn: string): boolean {
  const { name, action, pattern } = (PARTS.exec(arn)?.groups ?? {}) as Record<string, string | undefined>;
  const known = name !== undefined && Object.hasOwn(OPTIMIZED, name) ? OPTIMIZED[name]! : [];
  return known.some(
    ([actions, patterns]) => actions.split(' ').includes(action!) && patterns.includes(pattern!),
  );
}
