import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actorOf } from '../../functions/shared/errors.ts';
import { projectRoot } from '../root.ts';

/** Step Functions' own names. Source: developer guide, "Handling errors". */
const STATES = [
  'ALL',
  'BranchFailed',
  'DataLimitExceeded',
  'ExceedToleratedFailureThreshold',
  'HeartbeatTimeout',
  'Http.Socket',
  'ItemReaderFailed',
  'NoChoiceMatched',
  'Permissions',
  'QueryEvaluationError',
  'ResultWriterFailed',
  'Runtime',
  'TaskFailed',
  'Timeout',
];

/** The prefix that Step Functions gives to the errors of a service's SDK integration, by the file of its API model. */
const SDK_PREFIX: Readonly<Record<string, string>> = {
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDb',
  ecr: 'Ecr',
  s3: 'S3',
  sagemaker: 'SageMaker',
  sns: 'Sns',
  sqs: 'Sqs',
  stepfunctions: 'Sfn',
};

/** Of optimized integrations, which name errors after the first SDK. Source: developer guide pages of each integration. */
const OPTIMIZED = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'SageMaker.AmazonSageMakerException',
  'StepFunctions.ExecutionLimitExceededException',
  'StepFunctions.ExecutionAlreadyExistsException',
  'StepFunctions.AWSStepFunctionsException',
];

/** Every error name that a Retry or Catch can ever see. */
export function knownErrors(): Set<string> {
  const sdk = Object.entries(SDK_PREFIX).flatMap(([service, prefix]) => {
    const model = JSON.parse(readFileSync(join(projectRoot, 'local/models', `${service}.json`), 'utf8'));
    const modelled = Object.values(model.operations as Record<string, { errors?: string[] }>).flatMap(
      ({ errors = [] }) => errors,
    );
    // What the model does not name comes as the service's own base exception.
    return [
      ...modelled.map((error) => error.replace(/(Exception)?$/, 'Exception')),
      `${prefix}Exception`,
      'SdkClientException',
    ].map((error) => `${prefix}.${error}`);
  });
  return new Set([...STATES.map((name) => `States.${name}`), ...sdk, ...OPTIMIZED, ...Object.keys(actorOf)]);
}
