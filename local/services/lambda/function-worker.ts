import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  type Answer,
  errorAnswer,
  type Invocation,
  type WorkerMessage,
  type WorkerStart,
} from './worker-protocol.ts';

/** A worker that nobody needed for so long is ended. Real milliseconds. */
const IDLE_MS = 10_000;

/** One that was started ahead is meant to be there for the whole of a run. */
const WARM_IDLE_MS = 600_000;

const MAIN = new URL('./worker-main.ts', import.meta.url);

/** Idle workers by what they run. Shared by all worlds of this process, as Lambda keeps environments warm. */
const idle = new Map<string, FunctionWorker[]>();

/** What a worker is started for. Equal ones are interchangeable. */
export interface WorkerSpec extends WorkerStart {
  readonly key: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs one invocation in a warm worker or a new one.
 *
 * @param limitMs real milliseconds after which the invocation is cut off with `timedOut`
 */
export const runInWorker = async (
  spec: WorkerSpec,
  invocation: Invocation,
  limitMs: number,
  timedOut: Answer,
  log: (text: string) => void,
): Promise<Answer> => {
  const worker = takeIdle(spec.key) ?? new FunctionWorker(spec);
  const answer = await worker.run(invocation, limitMs, timedOut, log);
  if (worker.isAlive) keep(spec, worker);
  return answer;
};

/** A worker can end while nobody needs it: its code may throw late, or exit. */
function takeIdle(key: string): FunctionWorker | undefined {
  const workers = idle.get(key);
  for (let worker = workers?.pop(); worker !== undefined; worker = workers?.pop()) {
    if (worker.isAlive) return worker;
  }
  return undefined;
}

/** Starts a worker ahead of its first invocation, unless one is there. */
export const warmWorker = async (spec: WorkerSpec): Promise<void> => {
  if (idle.get(spec.key)?.length) return;
  const worker = new FunctionWorker(spec, WARM_IDLE_MS);
  keep(spec, worker);
  await worker.started;
};

function keep({ key }: WorkerSpec, worker: FunctionWorker): void {
  const others = idle.get(key);
  if (others === undefined) idle.set(key, [worker]);
  else others.push(worker);
  worker.restUntilNeeded(() => {
    const left = idle.get(key)!.filter((other) => other !== worker);
    if (left.length === 0) idle.delete(key);
    else idle.set(key, left);
  });
}

/** One thread with one function's code and environment; it works on one invocation at a time. */
class FunctionWorker {
  isAlive = true;
  /** Its thread runs, or has already ended. */
  readonly started: Promise<void>;
  readonly #worker: Worker;
  readonly #idleMs: number;
  #rest: NodeJS.Timeout | undefined;

  constructor({ env, directory, handler }: WorkerSpec, idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
    this.#worker = new Worker(fileURLToPath(MAIN), {
      workerData: { directory, handler } satisfies WorkerStart,
      env: { ...env },
      // The options of this process (a test runner's, a debugger's) are not the function's.
      execArgv: [],
      argv: [],
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    this.started = new Promise((resolve) => {
      this.#worker.once('online', resolve).once('exit', resolve);
    });
    this.#worker.once('exit', () => {
      this.isAlive = false;
    });
    // An invocation under way tells of it; between invocations there is nobody to tell, as in Lambda.
    this.#worker.on('error', () => {
      this.isAlive = false;
    });
  }

  run(
    invocation: Invocation,
    limitMs: number,
    timedOut: Answer,
    log: (text: string) => void,
  ): Promise<Answer> {
    clearTimeout(this.#rest);
    const { awsRequestId } = invocation.context;
    return new Promise((resolve) => {
      // Not unreferenced: while somebody waits for the answer, the process must not end.
      const limit = setTimeout(() => {
        this.#end();
        finish(timedOut);
      }, limitMs);

      const onMessage = (message: WorkerMessage): void => {
        if (message.kind === 'log') log(message.text);
        else finish({ payload: message.payload, isError: message.isError });
      };
      const onError = (error: Error): void => {
        this.#end();
        finish(errorAnswer(error.name, error.message, error.stack?.split('\n')));
      };
      const onExit = (code: number): void => {
        const how = code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
        finish(errorAnswer('Runtime.ExitError', `RequestId: ${awsRequestId} Error: Runtime exited ${how}`));
      };
      const finish = (answer: Answer): void => {
        clearTimeout(limit);
        this.#worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(answer);
      };

      this.#worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      this.#worker.postMessage(invocation);
      // Listening to messages makes the thread count again.
      this.#worker.unref();
    });
  }

  restUntilNeeded(forget: () => void): void {
    this.#rest = setTimeout(() => {
      forget();
      this.#end();
    }, this.#idleMs).unref();
  }

  #end(): void {
    this.isAlive = false;
    void this.#worker.terminate();
  }
}
