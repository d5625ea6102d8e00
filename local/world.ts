import type { Clock } from './clock/clock.ts';
import type { Door } from './door.ts';
import type { Ask } from './http/server.ts';
import type { Iam } from './iam/iam.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';
import type { FleetRunner, JobRunner } from './runners/runner.ts';
import type { Scenario } from './scenario.ts';
import type { Caller } from './service.ts';
import type { ApplicationAutoScaling } from './services/application-autoscaling/application-autoscaling.ts';
import type { CloudWatch } from './services/cloudwatch/cloudwatch.ts';
import type { CodeBuild } from './services/codebuild/codebuild.ts';
import type { CodeCommit } from './services/codecommit/codecommit.ts';
import type { CodePipeline } from './services/codepipeline/codepipeline.ts';
import type { DynamoDb } from './services/dynamodb/dynamodb.ts';
import type { Ecr } from './services/ecr/ecr.ts';
import type { EventBridge } from './services/events/events.ts';
import type { Lambda } from './services/lambda/lambda.ts';
import type { S3 } from './services/s3/s3.ts';
import type { SageMaker } from './services/sagemaker/sagemaker.ts';
import type { SageMakerRuntime } from './services/sagemaker-runtime/sagemaker-runtime.ts';
import type { Scheduler } from './services/scheduler/scheduler.ts';
import type { Schemas } from './services/schemas/schemas.ts';
import type { Sns } from './services/sns/sns.ts';
import type { Sqs } from './services/sqs/sqs.ts';
import type { StepFunctions } from './services/stepfunctions/stepfunctions.ts';

/**
 * AWS on this machine: one account in one region, with its own clock, chance,
 * diary and door. `openWorld` builds one from a packaged template.
 */
export interface World {
  readonly accountId: string;
  readonly region: string;
  readonly seed: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly door: Door;
  /** Roles and policies of the stack: who may do what. */
  readonly iam: Iam;
  /** The person at the keyboard, who may do everything. */
  readonly person: Caller;
  /** The directory in which this world keeps files (images, job directories, unpacked functions). */
  readonly directory: string;
  readonly jobs: JobRunner;
  readonly fleets: FleetRunner;
  readonly scenario: Scenario;

  readonly s3: S3;
  readonly sqs: Sqs;
  readonly sns: Sns;
  readonly ecr: Ecr;
  readonly events: EventBridge;
  readonly dynamodb: DynamoDb;
  readonly lambda: Lambda;
  readonly cloudwatch: CloudWatch;
  readonly applicationAutoscaling: ApplicationAutoScaling;
  readonly codebuild: CodeBuild;
  readonly codecommit: CodeCommit;
  readonly codepipeline: CodePipeline;
  readonly sagemaker: SageMaker;
  readonly sagemakerRuntime: SageMakerRuntime;
  readonly scheduler: Scheduler;
  readonly schemas: Schemas;
  readonly stepfunctions: StepFunctions;

  readonly stackName: string;
  /** The stack's outputs by their keys in the template. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The physical name or ARN of each resource by its logical id, as `Ref` gives it. */
  readonly resources: Readonly<Record<string, string>>;
  /** `http://127.0.0.1:<port>` where SDK clients reach this world. */
  readonly endpointUrl: string;
  /** The same without a network, for clients in this thread. */
  readonly ask: Ask;

  close(): Promise<void>;
}
