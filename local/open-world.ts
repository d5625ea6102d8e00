import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from './clock/clock.ts';
import { PacedClock } from './clock/paced-clock.ts';
import { VirtualClock } from './clock/virtual-clock.ts';
import { createDoor, type Door } from './door.ts';
import { keepUsage } from './door-usage.ts';
import { type Ask, type HttpServer, openHttpServer } from './http/server.ts';
import { Iam } from './iam/iam.ts';
import { Journal } from './journal.ts';
import { Random } from './random.ts';
import { createProcessFleets } from './runners/fleets/process.ts';
import { createSimulatedFleets } from './runners/fleets/simulated.ts';
import { createProcessJobs } from './runners/jobs/process.ts';
import { createSimulatedJobs } from './runners/jobs/simulated.ts';
import type { FleetRunner, JobRunner } from './runners/runner.ts';
import type { Scenario } from './scenario.ts';
import type { Caller, Service } from './service.ts';
import { ApplicationAutoScaling } from './services/application-autoscaling/application-autoscaling.ts';
import { CloudWatch } from './services/cloudwatch/cloudwatch.ts';
import { CodeBuild } from './services/codebuild/codebuild.ts';
import { CodeCommit } from './services/codecommit/codecommit.ts';
import { CodePipeline } from './services/codepipeline/codepipeline.ts';
import { DynamoDb } from './services/dynamodb/dynamodb.ts';
import { Ecr } from './services/ecr/ecr.ts';
import { EventBridge } from './services/events/events.ts';
import { Lambda } from './services/lambda/lambda.ts';
import { S3 } from './services/s3/s3.ts';
import { SageMaker } from './services/sagemaker/sagemaker.ts';
import { SageMakerRuntime } from './services/sagemaker-runtime/sagemaker-runtime.ts';
import { Scheduler } from './services/scheduler/scheduler.ts';
import { Schemas } from './services/schemas/schemas.ts';
import { Sns } from './services/sns/sns.ts';
import { Sqs } from './services/sqs/sqs.ts';
import { StepFunctions } from './services/stepfunctions/stepfunctions.ts';
import { buildTemplate } from './template/build-template.ts';
import { loadTemplate, type Template } from './template/template.ts';
import type { World } from './world.ts';

export interface WorldOptions {
  /** Where `serverless package` left the stack. */
  readonly packageDirectory?: string;
  readonly seed?: number;
  /** ISO-8601 time at which the world begins. */
  readonly now?: string;
  /** Virtual: time costs nothing. With a speed: that many seconds of the world in one real second. */
  readonly clock?: 'virtual' | { readonly speed: number };
  readonly scenario?: Scenario;
  /** Simulated containers, or the workload's own code as child processes. By default as the clock: simulated on virtual time. */
  readonly runner?: 'simulated' | 'process';
  /** Where it listens on 127.0.0.1; a free port unless told. */
  readonly port?: number;
  /** Where the world keeps its files; a temporary directory, gone at the end, unless named. */
  readonly directory?: string;
}

const accountId = '123456789012';
const region = 'eu-west-1';

/**
 * Opens a world from a packaged stack: the template's resources exist, its
 * rules listen and its machines can be started.
 *
 * @throws Error naming what in the template is not modelled, unresolved, or refused as AWS would refuse it
 */
export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const template = loadTemplate(options.packageDirectory);
  return opened(new OpenWorld(template, options), template);
};

/** Opens a world in which nothing is deployed yet: an account of one's own, to build in by calls. */
export const openEmptyWorld = async (options: Omit<WorldOptions, 'packageDirectory'> = {}): Promise<World> =>
  opened(new OpenWorld({ stackName: 'empty', hash: 'none' }, options));

const opened = async (world: OpenWorld, template?: Template): Promise<World> => {
  try {
    await world.open(template);
    return world;
  } catch (error) {
    await world.close();
    throw error;
  }
};

class OpenWorld implements World {
  readonly accountId = accountId;
  readonly region = region;
  readonly seed: number;
  readonly stackName: string;
  readonly person: Caller = { arn: `arn:aws:iam::${accountId}:user/you`, via: 'person' };
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly iam = new Iam(accountId);
  readonly door: Door;
  readonly jobs: JobRunner;
  readonly fleets: FleetRunner;

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

  outputs: Readonly<Record<string, string>> = {};
  resources: Readonly<Record<string, string>> = {};

  readonly #keepsFiles: boolean;
  #directory: string | undefined;
  readonly #port: number | undefined;
  #server: HttpServer | undefined;
  #closed: Promise<void> | undefined;

  constructor({ stackName, hash }: Pick<Template, 'stackName' | 'hash'>, options: WorldOptions) {
    const { seed = 1, now = '2026-03-02T09:00:00Z', clock = 'virtual', scenario = {}, directory } = options;
    const startMs = Date.parse(now);
    if (Number.isNaN(startMs))
      throw new Error(`\`now\` must be an ISO-8601 time, not ${JSON.stringify(now)}.`);
    this.seed = seed;
    this.stackName = stackName;
    this.scenario = scenario;
    this.clock = clock === 'virtual' ? new VirtualClock(startMs) : new PacedClock(startMs, clock.speed);
    this.random = new Random(seed);
    this.journal = new Journal(this.clock);
    this.#directory = directory;
    this.#keepsFiles = directory !== undefined;
    this.#port = options.port;
    this.journal.write('world', `opens ${stackName} with seed ${seed}, template ${hash}`);
    this.door = createDoor(this);

    const simulated = (options.runner ?? (clock === 'virtual' ? 'simulated' : 'process')) === 'simulated';
    this.jobs = simulated ? createSimulatedJobs(this) : createProcessJobs(this);
    this.fleets = simulated ? createSimulatedFleets(this) : createProcessFleets(this);
    this.s3 = new S3(this);
    this.sqs = new Sqs(this);
    this.sns = new Sns(this);
    this.ecr = new Ecr(this);
    this.events = new EventBridge(this);
    this.dynamodb = new DynamoDb(this);
    this.lambda = new Lambda(this);
    this.cloudwatch = new CloudWatch(this);
    this.applicationAutoscaling = new ApplicationAutoScaling(this);
    this.codebuild = new CodeBuild(this);
    this.codecommit = new CodeCommit(this);
    this.codepipeline = new CodePipeline(this);
    this.sagemaker = new SageMaker(this);
    this.sagemakerRuntime = new SageMakerRuntime(this);
    this.scheduler = new Scheduler(this);
    this.schemas = new Schemas(this);
    this.stepfunctions = new StepFunctions(this);
  }

  /** Made when the first file is kept. */
  get directory(): string {
    this.#directory ??= mkdtempSync(join(tmpdir(), `${this.stackName}-`));
    return this.#directory;
  }

  get endpointUrl(): string {
    if (this.#server === undefined) throw new Error('The world is not open yet, so it has no endpoint.');
    return this.#server.url;
  }

  get ask(): Ask {
    if (this.#server === undefined) throw new Error('The world is not open yet, so nobody answers.');
    return this.#server.ask;
  }

  async open(template?: Template): Promise<void> {
    this.#server = await openHttpServer(this, { port: this.#port });
    if (template === undefined) return;
    const { outputs, resources } = await buildTemplate(this, template);
    this.outputs = outputs;
    this.resources = resources;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** The clock first: nothing new begins while the rest is put away. */
  async #close(): Promise<void> {
    this.clock.close();
    await this.#server?.close();
    const services: readonly Service[] = [
      this.stepfunctions,
      this.lambda,
      this.sagemaker,
      this.sagemakerRuntime,
      this.cloudwatch,
      this.applicationAutoscaling,
      this.codebuild,
      this.codecommit,
      this.codepipeline,
      this.scheduler,
      this.schemas,
      this.events,
      this.dynamodb,
      this.sqs,
      this.sns,
      this.ecr,
      this.s3,
    ];
    for (const service of services) await service.close?.();
    await Promise.all([this.jobs.close(), this.fleets.close()]);
    keepUsage(this);
    if (!this.#keepsFiles && this.#directory !== undefined) {
      rmSync(this.#directory, { recursive: true, force: true });
    }
  }
}
