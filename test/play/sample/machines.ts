import type { MachineDefinition, StateDefinition } from '../../../play/report/data.ts';

/** Machines of about the shape and size of the packaged ones, for drawing; nothing runs them. */
const FAILED = 'Note the failure';

export const release: MachineDefinition = {
  Comment: 'From a request to an outcome.',
  StartAt: 'Read the request',
  States: {
    'Read the request': pass('Claim the intent'),
    'Claim the intent': task('aws-sdk:dynamodb:putItem', 'Is it asked already?'),
    'Is it asked already?': choice([['$claimed', 'Resolve the images']], 'Release was asked before'),
    'Resolve the images': {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Resolve an image',
        States: { 'Resolve an image': task('aws-sdk:ecr:describeImages') },
      },
      ...caught(FAILED),
      Next: 'Describe the endpoint',
    },
    'Describe the endpoint': {
      ...task('aws-sdk:sagemaker:describeEndpoint', 'Is something live?'),
      Catch: [
        { ErrorEquals: ['SageMaker.SageMakerException'], Next: 'Plan release' },
        { ErrorEquals: ['States.ALL'], Next: FAILED },
      ],
    },
    'Is something live?': choice([['$endpoint.live', "Describe the champion's config"]], 'Plan release'),
    "Describe the champion's config": task(
      'aws-sdk:sagemaker:describeEndpointConfig',
      "Describe the champion's model",
    ),
    "Describe the champion's model": task(
      'aws-sdk:sagemaker:describeModel',
      "Describe the champion's package",
    ),
    "Describe the champion's package": task('aws-sdk:sagemaker:describeModelPackage', 'Plan release'),
    'Plan release': task('lambda:invoke', 'Does it train?'),
    'Does it train?': choice([['$exists($plan.train)', 'Process the data']], 'Evaluate the candidates'),
    'Process the data': task('sagemaker:createProcessingJob.sync', 'Did processing complete?'),
    'Did processing complete?': choice([['$processing.completed', 'Train the challenger']], FAILED),
    'Train the challenger': task('states:startExecution.sync:2', 'Evaluate the candidates'),
    'Evaluate the candidates': {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Evaluate the candidate',
        States: {
          'Evaluate the candidate': {
            ...task('sagemaker:createProcessingJob.sync', 'Did the evaluation complete?'),
            Catch: [],
          },
          'Did the evaluation complete?': choice(
            [['$evaluation.completed', 'Read the metrics']],
            'Evaluation failed',
          ),
          'Read the metrics': { ...task('aws-sdk:s3:getObject'), Catch: [] },
          'Evaluation failed': { Type: 'Fail' },
        },
      },
      ...caught(FAILED),
      Next: 'Judge challenger',
    },
    'Judge challenger': task('lambda:invoke', 'Is the challenger better?'),
    'Is the challenger better?': choice([['$verdict.passed', 'Register the model']], 'Record the outcome'),
    'Register the model': task('aws-sdk:sagemaker:createModelPackage', 'Deploy the challenger'),
    'Deploy the challenger': task('states:startExecution.sync:2', 'Record the outcome'),
    'Record the outcome': task('aws-sdk:dynamodb:updateItem', 'Tell the outcome'),
    'Tell the outcome': {
      ...task('sns:publish', 'What came of it?'),
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'What came of it?' }],
    },
    'What came of it?': choice(
      [
        ["$outcome = 'LIVE'", 'Release is live'],
        ["$outcome = 'REJECTED'", 'Release was rejected'],
        ["$outcome = 'ROLLED_BACK'", 'Release was rolled back'],
      ],
      'Release failed',
    ),
    'Release is live': { Type: 'Succeed' },
    'Release was rejected': { Type: 'Succeed' },
    'Release was rolled back': { Type: 'Succeed' },
    'Release was asked before': { Type: 'Succeed' },
    'Note the failure': { ...task('lambda:invoke', 'Record the outcome'), Catch: [] },
    'Release failed': { Type: 'Fail' },
  },
};

export const train: MachineDefinition = {
  Comment: 'Spot first, resuming from its checkpoints; then On-Demand.',
  StartAt: 'Choose the next offer',
  States: {
    'Choose the next offer': task('lambda:invoke', 'Is there an offer left?'),
    'Is there an offer left?': choice([['$exists($offer)', 'Train on the offer']], 'Training failed'),
    'Train on the offer': {
      ...task('sagemaker:createTrainingJob.sync', 'Did it complete?'),
      Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Read what stopped it' }],
    },
    'Did it complete?': choice(
      [["$job.status = 'Completed'", 'Challenger is trained']],
      'Read what stopped it',
    ),
    'Read what stopped it': { ...task('aws-sdk:sagemaker:describeTrainingJob', 'Was it Spot?'), Catch: [] },
    'Was it Spot?': choice([['$spotRanOut', 'Choose the next offer']], 'Training failed'),
    'Challenger is trained': { Type: 'Succeed' },
    'Training failed': { Type: 'Fail' },
  },
};

export const deploy: MachineDefinition = {
  Comment: 'Create or update; shift under the own alarms; prove.',
  StartAt: 'Create the model',
  States: {
    'Create the model': task('sagemaker:createModel', 'Create the endpoint config', 'Read what serves'),
    'Create the endpoint config': task(
      'sagemaker:createEndpointConfig',
      'Does it exist?',
      'Read what serves',
    ),
    'Does it exist?': choice([['$exists($champion)', 'Set up the alarms']], 'Create the endpoint'),
    'Set up the alarms': {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Watch the errors',
          States: { 'Watch the errors': { ...task('aws-sdk:cloudwatch:putMetricAlarm'), Catch: [] } },
        },
        {
          StartAt: 'Watch the latency',
          States: { 'Watch the latency': { ...task('aws-sdk:cloudwatch:putMetricAlarm'), Catch: [] } },
        },
      ],
      ...caught('Read what serves'),
      Next: 'Shift the traffic',
    },
    'Shift the traffic': task('sagemaker:updateEndpoint', 'Wait for the endpoint', 'Read what serves'),
    'Create the endpoint': task('sagemaker:createEndpoint', 'Wait for the endpoint', 'Read what serves'),
    'Wait for the endpoint': task(
      'aws-sdk:dynamodb:updateItem.waitForTaskToken',
      'Read what serves',
      'Read what serves',
    ),
    'Read what serves': { ...task('aws-sdk:sagemaker:describeEndpoint', 'Is it still changing?'), Catch: [] },
    'Is it still changing?': choice([['$endpoint.changing', 'Wait a little']], 'Is it what was meant?'),
    'Wait a little': { Type: 'Wait', Next: 'Read what serves' },
    'Is it what was meant?': choice([['$served = $meant', 'Challenger serves']], 'Champion serves'),
    'Challenger serves': { Type: 'Succeed' },
    'Champion serves': { Type: 'Succeed' },
  },
};

function task(resource: string, next?: string, onError = FAILED): StateDefinition {
  const ending = next === undefined ? { End: true } : { ...caught(onError), Next: next };
  const state: StateDefinition & { readonly Resource: string } = {
    Type: 'Task',
    Resource: `arn:aws:states:::${resource}`,
    ...ending,
  };
  return state;
}

function pass(next: string): StateDefinition {
  return { Type: 'Pass', Next: next };
}

function choice(
  rules: readonly (readonly [condition: string, next: string])[],
  otherwise: string,
): StateDefinition {
  return {
    Type: 'Choice',
    Choices: rules.map(([condition, next]) => ({ Condition: `{% ${condition} %}`, Next: next })),
    Default: otherwise,
  };
}

function caught(next: string): Pick<StateDefinition, 'Catch'> {
  return { Catch: [{ ErrorEquals: ['States.ALL'], Next: next }] };
}
