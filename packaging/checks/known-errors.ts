import { actorOf } from '../../functions/shared/errors.ts';
import { sdkErrorNames } from '../../local/asl/integrations/service-errors.ts';
import { serviceNames } from '../../local/models/model.ts';

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
  'StepFunctions.SdkClientException',
  'CodeBuild.AWSCodeBuildException',
];

/** Every error name of AWS's that a Retry or Catch can ever see. */
export const awsErrors = (): string[] => [
  ...STATES.map((name) => `States.${name}`),
  ...serviceNames.flatMap(sdkErrorNames),
  ...OPTIMIZED,
];

/** AWS's and our own. Names with a dot are AWS's, and only its models say whether they are right. */
export const knownErrors = (): Set<string> =>
  new Set([...awsErrors(), ...Object.keys(actorOf).filter((name) => !name.includes('.'))]);
