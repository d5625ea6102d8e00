import { dirname } from 'node:path';
import type { Environment, EnvironmentSpec, Run } from '../environment.ts';
import { type Answer, exitAnswer } from '../invocation.ts';
import { ErrorAnswers, unhandledRejection } from '../runtime/error-answers.ts';
import { handlerIn } from '../runtime/handler-name.ts';
import { timeSince, worldDate } from '../runtime/world-date.ts';
import { functionFetch, functionHttp, SHARED_ENDPOINT } from './function-http.ts';
import { Exit, functionProcess } from './function-process.ts';
import { functionScript } from './function-script.ts';
import { functionTimers } from './function-timers.ts';
import { importsFor } from './modules.ts';
import { Realm } from './realm.ts';
import { Sentinel, type Trust, trustIn } from './sentinel.ts';
import { beginWatch, endWatch, inNameOf, type Owner } from './strays.ts';

/**
 * Node watches over a time limit with a thread it makes for each run, which costs
 * more than most functions' work. After so many invocations that came back a
 * package is watched over by the sentinel instead, which costs nothing.
 */
const TRUSTED_AFTER = 20;

type Action = (...args: never[]) => void;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A function in this thread, in a realm of its own: its code meets nothing of
 * the world but what is handed to it here. Between invocations it is frozen, as
 * in Lambda: what comes due then waits for the next one.
 */
export class ThreadEnvironment implements Environment, Owner {
  readonly started = Promise.resolve();
  isAlive = true;
  readonly #spec: EnvironmentSpec;
  readonly #errors: ErrorAnswers;
  readonly #realm: Realm;
  readonly #modules: Readonly<Record<string, unknown>>;
  readonly #frozen: (() => void)[] = [];
  #handler: unknown;
  #now = (): number => 0;
  #run: Run | undefined;
  #answer: Answer | undefined;
  #endsAtMs = 0;
  #isInside = false;
  readonly #trust: Trust;
  #sentinel: Sentinel | undefined;

  constructor(spec: EnvironmentSpec) {
    this.#spec = spec;
    this.#errors = new ErrorAnswers(spec.directory, import.meta.url);
    this.#trust = trustIn(spec);
    const callback = <Args extends unknown[]>(action: (...args: Args) => void) => this.#callback(action);
    const { process, console } = functionProcess({
      env: spec.env,
      directory: spec.directory,
      log: (text) => this.#run?.log(text),
      exit: (code) => this.#exit(code),
      callback,
    });
    const timers = functionTimers(callback);
    const endpointOfNow = (): string => this.#run?.invocation.endpointUrl ?? SHARED_ENDPOINT.href;
    this.#modules = {
      process,
      console,
      timers,
      http: functionHttp(endpointOfNow, () => this.#run?.ask),
    };
    const globals = { process, console, ...timers, fetch: functionFetch(endpointOfNow) };
    this.#realm = new Realm(globals, (RealDate) => worldDate(RealDate, () => this.#now()));
  }

  async run(run: Run): Promise<Answer> {
    const { invocation, limitMs } = run;
    this.#run = run;
    this.#answer = undefined;
    this.#now = timeSince(invocation);
    this.#endsAtMs = performance.now() + limitMs;
    beginWatch(this);
    try {
      for (const late of this.#frozen.splice(0)) this.#enter(late);
      // What an earlier invocation left behind may end this process, and is no fault of this invocation.
      if (!this.isAlive) return await new ThreadEnvironment(this.#spec).run(run);
      this.#enter(() => this.#invoke(run));
      // What nobody caught is told at the end of a turn.
      await nextTurn();
      while (this.#answer === undefined) {
        this.#enter(() => {});
        await nextTurn();
      }
      this.#trust.cameBack += 1;
      return this.#answer;
    } finally {
      endWatch(this);
      this.#run = undefined;
    }
  }

  end(): void {
    this.isAlive = false;
  }

  owns(value: unknown): boolean {
    return this.#realm.made(value);
  }

  rejected(reason: unknown): void {
    this.#die(unhandledRejection(reason));
  }

  threw(error: unknown): void {
    if (!(error instanceof Exit)) this.#die(this.#errors.thrown(error));
  }

  #invoke({ invocation }: Run): void {
    this.#handler ??= this.#load();
    if (this.#answer !== undefined) return;
    const endMs = this.#now() + invocation.timeoutMs;
    this.#realm.invoke(
      this.#handler,
      invocation.event,
      JSON.stringify({ ...invocation.context, callbackWaitsForEmptyEventLoop: true }),
      () => Math.max(0, endMs - this.#now()),
      (payload) => {
        this.#answer ??= { payload, isError: false };
      },
      (error) => {
        this.#answer ??= this.#errors.thrown(error);
      },
    );
  }

  /** @returns undefined with an answer given, if the code cannot be loaded */
  #load(): unknown {
    const { directory, handler: name } = this.#spec;
    const { file, exported, script } = functionScript(directory, name)!;
    const module = { exports: {} };
    try {
      const wrapper = this.#realm.evaluate(script, this.#leftMs()) as Action;
      const given = [module.exports, importsFor(file, this.#modules), module, file, dirname(file)];
      wrapper(...(given as never[]));
    } catch (error) {
      if (isTimeOut(error) || error instanceof Exit) throw error;
      this.#answer = this.#errors.thrownWhileLoading(error);
      return undefined;
    }
    const handler = handlerIn<Action>(module.exports, exported, name);
    if (typeof handler === 'function') return handler;
    this.#answer = handler;
    return undefined;
  }

  /** Lets the function's code run until it waits for something, or its time is over. */
  #enter(step: () => void): void {
    if (!this.isAlive) return;
    if (this.#isInside) {
      step();
      return;
    }
    this.#isInside = true;
    try {
      inNameOf(this, () => this.#watched(step));
    } catch (error) {
      if (isTimeOut(error)) this.#die(this.#run!.timedOut);
      else this.threw(error);
    } finally {
      this.#isInside = false;
    }
    if (this.#answer === undefined && performance.now() > this.#endsAtMs) this.#die(this.#run!.timedOut);
  }

  #watched(step: () => void): void {
    if (this.#trust.cameBack < TRUSTED_AFTER) {
      this.#realm.run(step, this.#leftMs());
      return;
    }
    this.#sentinel ??= new Sentinel(this.#spec.env.AWS_LAMBDA_FUNCTION_NAME ?? this.#spec.handler);
    this.#sentinel.enter();
    try {
      this.#realm.run(step);
    } finally {
      this.#sentinel.leave();
    }
  }

  #callback<Args extends unknown[]>(action: (...args: Args) => void): (...args: Args) => void {
    return (...args) => {
      const step = (): void => action(...args);
      if (this.#run === undefined) this.#frozen.push(step);
      else this.#enter(step);
    };
  }

  #exit(code: number): void {
    this.#die(exitAnswer(this.#run?.invocation.context.awsRequestId ?? '', code));
  }

  /** Its process is gone, and takes the invocation with it unless that was already answered. */
  #die(answer: Answer): void {
    this.isAlive = false;
    this.#answer ??= answer;
  }

  #leftMs(): number {
    return Math.max(1, Math.ceil(this.#endsAtMs - performance.now()));
  }
}

const isTimeOut = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Whether a function can live in this thread; if not, a worker takes it. */
export const runsInThread = (directory: string, handler: string): boolean =>
  functionScript(directory, handler) !== undefined;
