import { notModelled } from '../aws-error.ts';
import type { ServiceName } from '../service.ts';

/** Services by the names that signatures give them, where it isn't their own. */
const services: Readonly<Record<string, ServiceName>> = {
  'application-autoscaling': 'application-autoscaling',
  monitoring: 'cloudwatch',
  codebuild: 'codebuild',
  codecommit: 'codecommit',
  codepipeline: 'codepipeline',
  dynamodb: 'dynamodb',
  ecr: 'ecr',
  events: 'events',
  lambda: 'lambda',
  s3: 's3',
  sagemaker: 'sagemaker',
  scheduler: 'scheduler',
  schemas: 'schemas',
  sns: 'sns',
  sqs: 'sqs',
  states: 'stepfunctions',
};

/** @throws AwsError `NotModelled` for a service that is not in this world */
export const serviceSignedAs = (signingName: string | undefined): ServiceName => {
  const service = services[signingName ?? ''];
  if (service === undefined) throw notModelled(`The service ${signingName ?? 'of an unsigned request'}`);
  return service;
};
