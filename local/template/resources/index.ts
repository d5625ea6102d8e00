import type { ResourceType } from '../resource-type.ts';
import { cloudWatchTypes } from './cloudwatch.ts';
import { codeBuildTypes } from './codebuild.ts';
import { codePipelineTypes } from './codepipeline.ts';
import { dynamoDbTypes } from './dynamodb.ts';
import { ecrTypes } from './ecr.ts';
import { eventsTypes } from './events.ts';
import { iamTypes } from './iam.ts';
import { lambdaTypes } from './lambda.ts';
import { recordTypes } from './records.ts';
import { s3Types } from './s3.ts';
import { sageMakerTypes } from './sagemaker.ts';
import { schedulerTypes } from './scheduler.ts';
import { schemasTypes } from './schemas.ts';
import { snsTypes } from './sns.ts';
import { sqsTypes } from './sqs.ts';
import { stepFunctionsTypes } from './stepfunctions.ts';

/** Every CloudFormation type this world knows. Another one stops the run: half a stack would prove nothing. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  ...cloudWatchTypes,
  ...codeBuildTypes,
  ...codePipelineTypes,
  ...dynamoDbTypes,
  ...ecrTypes,
  ...eventsTypes,
  ...iamTypes,
  ...lambdaTypes,
  ...recordTypes,
  ...s3Types,
  ...sageMakerTypes,
  ...schedulerTypes,
  ...schemasTypes,
  ...snsTypes,
  ...sqsTypes,
  ...stepFunctionsTypes,
};
