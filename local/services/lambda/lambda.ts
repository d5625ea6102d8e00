import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import { remembered } from '../../remembered.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { createFunction } from './create-function.ts';
import { deleteFunction } from './delete-function.ts';
import type { EnvironmentKind, EnvironmentSpec } from './environment.ts';
import { unpack } from './function-code.ts';
import { getFunction } from './get-function.ts';
import { type Answer, errorAnswer } from './invocation.ts';
import { invoke } from './invoke.ts';
import { environmentSpec, type LambdaFunction, LOG_STREAM } from './lambda-function.ts';
import { listFunctions } from './list-functions.ts';
import { QueueSource, type QueueSourceSpec } from './queue-source.ts';
import { runsInThread } from './thread/thread-environment.ts';
import { runInEnvironment, warmEnvironment } from './warm-environments.ts';

export interface FunctionSpec {
  readonly name: string;
  readonly zipPath: string;
  /** Such as `functions/route-events/handler.handler`. */
  readonly handler: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  readonly memoryMb?: number;
  readonly roleArn: string;
}

/** What became of one invocation. */
export interface Outcome extends Answer {
  readonly requestId: string;
  /** What this invocation wrote. */
  readonly log: string;
}

/**
 * A real time-out is a guess about a busy laptop, not about the function, so it
 * never falls below this. Real milliseconds.
 */
const SHORTEST_LIMIT_MS = 30_000;

/** AWS's limit on a synchronous answer. */
const MOST_ANSWER_BYTES = 6_291_556;

/** Functions, each in an environment of its own. */
export class Lambda implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Where functions run that can run in either: beside a paced world its time goes on, so it is not kept waiting. */
  environments: EnvironmentKind;
  readonly #world: World;
  readonly #requestIds: Random;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #specs = new WeakMap<LambdaFunction, Map<EnvironmentKind, EnvironmentSpec>>();
  readonly #sources: QueueSource[] = [];

  constructor(world: World) {
    this.#world = world;
    this.environments = world.clock.kind === 'virtual' ? 'thread' : 'worker';
    this.#requestIds = world.random.stream('lambda/request-ids');
    this.operations = {
      CreateFunction: createFunction(this, world),
      DeleteFunction: deleteFunction(this),
      GetFunction: getFunction(this),
      Invoke: invoke(this, world),
      ListFunctions: listFunctions(this),
    };
  }

  /** By name. */
  get functions(): ReadonlyMap<string, LambdaFunction> {
    return this.#functions;
  }

  /** @throws AwsError ResourceNotFoundException */
  deleteFunction(where: string): void {
    this.#functions.delete(this.function(where).name);
  }

  /** @throws AwsError InvalidZipFileException */
  createFunction(spec: FunctionSpec): LambdaFunction {
    const { accountId, region } = this.#world;
    const created: LambdaFunction = {
      name: spec.name,
      arn: `arn:aws:lambda:${region}:${accountId}:function:${spec.name}`,
      handler: spec.handler,
      environment: spec.environment ?? {},
      timeoutSeconds: spec.timeoutSeconds ?? 3,
      memoryMb: spec.memoryMb ?? 128,
      roleArn: spec.roleArn,
      code: unpack(spec.zipPath),
      createdMs: this.#world.clock.now(),
      logs: [],
    };
    this.#functions.set(spec.name, created);
    return created;
  }

  /**
   * @param where a name or an ARN, with or without a version or alias
   * @param asked the version or alias that stands beside it
   * @throws AwsError ResourceNotFoundException
   */
  function(where: string, asked?: string): LambdaFunction {
    const [name = '', qualifier = asked ?? '$LATEST'] = where.split(':function:').at(-1)!.split(':');
    const found = this.#functions.get(name);
    if (found !== undefined) return found;
    const { accountId, region } = this.#world;
    throw new AwsError(
      'ResourceNotFoundException',
      `Function not found: arn:aws:lambda:${region}:${accountId}:function:${name}:${qualifier}`,
      404,
    );
  }

  /**
   * Lets a function read from a queue, as an event source mapping does.
   *
   * @throws AwsError InvalidParameterValueException if a message could come back while it is still worked on
   */
  addQueueSource(spec: QueueSourceSpec): void {
    const { visibilitySeconds } = this.#world.sqs.queue(spec.queueArn);
    const { timeoutSeconds } = this.function(spec.functionName);
    if (visibilitySeconds < timeoutSeconds) {
      throw new AwsError(
        'InvalidParameterValueException',
        `Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
      );
    }
    this.#sources.push(new QueueSource(this.#world, this, spec));
  }

  /**
   * Runs a function once. A failure is an answer, not a rejection.
   *
   * @param event JSON text
   */
  async run(called: LambdaFunction, event: string): Promise<Outcome> {
    const { clock, journal } = this.#world;
    const requestId = this.#requestIds.uuid();
    const invocation = {
      event,
      context: {
        awsRequestId: requestId,
        functionName: called.name,
        functionVersion: '$LATEST',
        invokedFunctionArn: called.arn,
        memoryLimitInMB: String(called.memoryMb),
        logGroupName: `/aws/lambda/${called.name}`,
        logStreamName: LOG_STREAM,
      },
      nowMs: clock.now(),
      speed: clock.speed,
      timeoutMs: called.timeoutSeconds * 1000,
      endpointUrl: this.#world.endpointUrl,
    };
    const timedOut = errorAnswer(
      'Sandbox.Timedout',
      `RequestId: ${requestId} Error: Task timed out after ${called.timeoutSeconds.toFixed(2)} seconds`,
    );

    let log = '';
    const given = await clock.outside(() =>
      runInEnvironment(this.#spec(called), {
        invocation,
        limitMs: Math.max(called.timeoutSeconds * 1000, SHORTEST_LIMIT_MS),
        timedOut,
        log: (text) => {
          log += text;
        },
        ask: this.#world.ask,
      }),
    );
    if (this.#mayLog(called)) called.logs.push(...log.split('\n').filter((line) => line !== ''));
    const answer = Buffer.byteLength(given.payload) > MOST_ANSWER_BYTES ? tooLarge() : given;
    if (answer.isError) {
      const { errorType, errorMessage } = JSON.parse(answer.payload) as Record<string, string>;
      journal.write(`lambda/${called.name}`, `failed: ${errorType}: ${errorMessage}`);
    }
    return { ...answer, requestId, log };
  }

  /** Lambda writes the log in the function's role; without the permission nothing is kept, and nobody is told. */
  #mayLog({ name, roleArn }: LambdaFunction): boolean {
    const { region, accountId, door } = this.#world;
    const stream = `arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/${name}:log-stream:${LOG_STREAM}`;
    const created = door.allows(roleArn, 'logs:CreateLogStream', stream);
    return door.allows(roleArn, 'logs:PutLogEvents', stream) && created;
  }

  /**
   * Starts every function's environment ahead of its first invocation, as
   * provisioned concurrency does. On a paced clock a start of 70 ms is seconds
   * of the world, and on a busy machine it would be a state's time-out.
   */
  async warm(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((called) => warmEnvironment(this.#spec(called))));
  }

  #spec(called: LambdaFunction): EnvironmentSpec {
    const { code, handler } = called;
    const isThread = this.environments === 'thread' && runsInThread(code.directory, handler);
    const kind = isThread ? 'thread' : 'worker';
    const specs = remembered(this.#specs, called, () => new Map());
    return remembered(specs, kind, () => environmentSpec(this.#world, called, kind));
  }

  close(): void {
    for (const source of this.#sources) source.close();
  }
}

const tooLarge = (): Answer =>
  errorAnswer(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${MOST_ANSWER_BYTES} bytes).`,
  );
