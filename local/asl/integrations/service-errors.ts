import { readFileSync } from 'node:fs';
import { AwsError, LostAnswer } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { ServiceName } from '../../service.ts';
import { StateError } from '../errors.ts';
import type { Resource } from './resource.ts';

/** AWS SDK integrations: what stands before an error's name, and in its cause. */
const SDK_PREFIXES: Record<ServiceName, string> = {
  'application-autoscaling': 'ApplicationAutoScaling',
  cloudwatch: 'CloudWatch',
  codebuild: 'CodeBuild',
  codecommit: 'CodeCommit',
  codepipeline: 'CodePipeline',
  dynamodb: 'DynamoDb',
  ecr: 'Ecr',
  events: 'EventBridge',
  lambda: 'Lambda',
  s3: 'S3',
  sagemaker: 'SageMaker',
  'sagemaker-runtime': 'SageMakerRuntime',
  scheduler: 'Scheduler',
  schemas: 'Schemas',
  sns: 'Sns',
  sqs: 'Sqs',
  stepfunctions: 'Sfn',
};

/** Optimized integrations still speak as the first Java SDK did: prefix, name of the service, base exception. */
const OPTIMIZED: Partial<Record<ServiceName, readonly [prefix: string, service: string, base: string]>> = {
  codebuild: ['CodeBuild', 'AWSCodeBuild', 'AWSCodeBuildException'],
  dynamodb: ['DynamoDB', 'AmazonDynamoDBv2', 'AmazonDynamoDBException'],
  events: ['EventBridge', 'AmazonEventBridge', 'AmazonEventBridgeException'],
  lambda: ['Lambda', 'AWSLambda', 'AWSLambdaException'],
  sagemaker: ['SageMaker', 'AmazonSageMaker', 'AmazonSageMakerException'],
  sns: ['SNS', 'AmazonSNS', 'AmazonSNSException'],
  sqs: ['SQS', 'AmazonSQS', 'AmazonSQSException'],
  stepfunctions: ['StepFunctions', 'AWSStepFunctions', 'AWSStepFunctionsException'],
};

/** Errors that a service declares on operations which our model files leave out. */
const ALSO_MODELLED: Partial<Record<ServiceName, readonly string[]>> = { s3: ['NoSuchBucket', 'NoSuchKey'] };

/**
 * A service's refusal under the name that Step Functions gives it. Errors that
 * the service's API model does not declare (validation, throttling, access)
 * all go under the base exception's name.
 *
 * Source: developer guide, "AWS SDK service integrations"; recorded histories.
 */
export function serviceError(thrown: unknown, { style, service }: Resource, random: Random): unknown {
  if (!(thrown instanceof AwsError)) return thrown;
  const { code, message, statusCode } = thrown;
  // No answer carries no request id: the client's own error stands alone.
  if (thrown instanceof LostAnswer) {
    const prefix = (style !== 'aws-sdk' && OPTIMIZED[service]?.[0]) || SDK_PREFIXES[service];
    return new StateError(`${prefix}.${code}`, message);
  }
  const requestId = random.uuid();
  const optimized = style === 'aws-sdk' ? undefined : OPTIMIZED[service];
  if (optimized !== undefined) {
    const [prefix, name, base] = optimized;
    return new StateError(
      `${prefix}.${isModelled(service, code) ? exceptionName(code) : base}`,
      `${message} (Service: ${name}; Status Code: ${statusCode}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
    );
  }
  const prefix = SDK_PREFIXES[service];
  const extended = service === 's3' ? `, Extended Request ID: ${random.hex(64)}` : '';
  return new StateError(
    `${prefix}.${isModelled(service, code) ? exceptionName(code) : `${prefix}Exception`}`,
    `${message} (Service: ${prefix}, Status Code: ${statusCode}, Request ID: ${requestId}${extended}) (SDK Attempt Count: 1)`,
  );
}

/** Every error of a service that its SDK integration can raise; what the service does not declare comes as its base exception. */
export function sdkErrorNames(service: ServiceName): string[] {
  const prefix = SDK_PREFIXES[service];
  return [...declaredErrors(service), `${prefix}Exception`, 'SdkClientException'].map(
    (error) => `${prefix}.${error}`,
  );
}

const exceptionName = (code: string): string => (code.endsWith('Exception') ? code : `${code}Exception`);

const modelled = new Map<ServiceName, ReadonlySet<string>>();

/** The SDK knows an error by its code wherever the service declares it, whichever operation it came from. */
const isModelled = (service: ServiceName, code: string): boolean =>
  declaredErrors(service).has(exceptionName(code));

function declaredErrors(service: ServiceName): ReadonlySet<string> {
  let names = modelled.get(service);
  if (names === undefined) {
    const file = JSON.parse(
      readFileSync(new URL(`../../models/${service}.json`, import.meta.url), 'utf8'),
    ) as {
      operations: Record<string, { errors?: readonly string[] }>;
    };
    const declared = Object.values(file.operations).flatMap(({ errors }) => errors ?? []);
    names = new Set([...declared, ...(ALSO_MODELLED[service] ?? [])].map(exceptionName));
    modelled.set(service, names);
  }
  return names;
}
