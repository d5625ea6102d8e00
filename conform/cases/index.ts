import { type Case, isCall } from '../case.ts';
import { cloudWatchCases } from './cloudwatch/cases.ts';
import { pipelineCases } from './codepipeline/cases.ts';
import { dynamoDbCases } from './dynamodb/cases.ts';
import { eventsCases } from './events/cases.ts';
import { otherCases } from './others/cases.ts';
import { readings } from './reading.ts';
import { s3Cases } from './s3/cases.ts';
import { endpointCases } from './sagemaker/endpoint-cases.ts';
import { jobCases } from './sagemaker/job-cases.ts';
import { neoCases } from './sagemaker/neo-cases.ts';
import { registryCases } from './sagemaker/registry-cases.ts';
import { sqsCases } from './sqs/cases.ts';
import { definitionFaultCases } from './stepfunctions/definition-faults.ts';
import { definitionCases } from './stepfunctions/definitions.ts';
import { executionCases } from './stepfunctions/executions.ts';
import { expressCases } from './stepfunctions/express.ts';
import { integrationCases } from './stepfunctions/integrations.ts';
import { jobTaskCases } from './stepfunctions/jobs.ts';
import { mapCases } from './stepfunctions/maps.ts';
import { serviceCases } from './stepfunctions/services.ts';
import { taskCases } from './stepfunctions/tasks.ts';

const all: readonly Case[] = [
  ...definitionCases,
  ...definitionFaultCases,
  ...executionCases,
  ...taskCases,
  ...expressCases,
  ...mapCases,
  ...eventsCases,
  ...sqsCases,
  ...s3Cases,
  ...dynamoDbCases,
  ...cloudWatchCases,
  ...otherCases,
  ...integrationCases,
  ...jobTaskCases,
  ...jobCases,
  ...registryCases,
  ...endpointCases,
  ...neoCases,
  ...serviceCases,
  ...pipelineCases,
  ...readings,
];

const dollars = (one: Case): number => (isCall(one) ? one.cost.usd : Number.POSITIVE_INFINITY);
const minutes = (one: Case): number => (isCall(one) ? one.cost.minutes : 0);
const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every case, cheap ones first, quick ones first among those. What must be read comes last. */
export const cases: readonly Case[] = [...all].sort(
  (a, b) => compare(dollars(a), dollars(b)) || compare(minutes(a), minutes(b)) || compare(a.id, b.id),
);
