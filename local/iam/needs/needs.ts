import type { ServiceName } from '../../service.ts';
import { codeBuildNeeds, codeCommitNeeds } from './building.ts';
import { dynamoDbNeeds } from './dynamodb.ts';
import { eventsNeeds, snsNeeds, sqsNeeds } from './messaging.ts';
import type { Ids, Need, NeedsTable } from './need.ts';
import {
  applicationAutoScalingNeeds,
  cloudWatchNeeds,
  codePipelineNeeds,
  ecrNeeds,
  lambdaNeeds,
} from './operating.ts';
import { s3Needs } from './s3.ts';
import { sageMakerNeeds, sageMakerRuntimeNeeds } from './sagemaker.ts';
import { schedulerNeeds, schemasNeeds } from './scheduling.ts';
import { stepFunctionsNeeds } from './stepfunctions.ts';

const tables: Readonly<Record<ServiceName, NeedsTable>> = {
  'application-autoscaling': applicationAutoScalingNeeds,
  cloudwatch: cloudWatchNeeds,
  codebuild: codeBuildNeeds,
  codecommit: codeCommitNeeds,
  codepipeline: codePipelineNeeds,
  dynamodb: dynamoDbNeeds,
  ecr: ecrNeeds,
  events: eventsNeeds,
  lambda: lambdaNeeds,
  s3: s3Needs,
  sagemaker: sageMakerNeeds,
  'sagemaker-runtime': sageMakerRuntimeNeeds,
  scheduler: schedulerNeeds,
  schemas: schemasNeeds,
  sns: snsNeeds,
  sqs: sqsNeeds,
  stepfunctions: stepFunctionsNeeds,
};

/**
 * What an operation of AWS's needs to be allowed, from the "Service Authorization Reference".
 *
 * @throws Error for an operation without an entry: to guess its action could allow what AWS refuses
 */
export const needsOf = (
  service: ServiceName,
  operation: string,
  input: unknown,
  ids: Ids,
): readonly Need[] => {
  const table = tables[service];
  const needs = Object.hasOwn(table, operation) ? table[operation] : undefined;
  if (needs === undefined) throw new Error(`local/iam/needs has no entry for ${service} ${operation}.`);
  return needs(input ?? {}, ids);
};

/** Whether an operation has its entry; a test asks it for every operation that AWS's models here know. */
export const hasNeeds = (service: ServiceName, operation: string): boolean =>
  Object.hasOwn(tables[service], operation);
