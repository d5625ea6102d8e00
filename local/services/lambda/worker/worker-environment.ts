import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Environment, EnvironmentSpec, Run } from '../environment.ts';
import { type Answer, errorAnswer, exitAnswer } from '../invocation.ts';
import type { WorkerMessage, WorkerStart } from './worker-protocol.ts';

const MAIN = new URL('./worker-main.ts', import.meta.url);

/** A thread with one function's code. */
export class WorkerEnvironment implements Environment {
  isAlive = true;
  readonly started: Promise<void>;
  readonly #worker: Worker;

  constructor({ env, directory, handler }: EnvironmentSpec) {
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

  run({ invocation, limitMs, timedOut, log }: Run): Promise<Answer> {
    return new Promise((resolve) => {
      // Not unreferenced: while somebody waits for the answer, the process must not end.
      const limit = setTimeout(() => {
        this.end();
        finish(timedOut);
      }, limitMs);

      const onMessage = (message: WorkerMessage): void => {
        if (message.kind === 'log') log(message.text);
        else finish({ payload: message.payload, isError: message.isError });
      };
      const onError = (error: Error): void => {
        this.end();
        finish(errorAnswer(error.name, error.message, error.stack?.split('\n')));
      };
      const onExit = (code: number): void => finish(exitAnswer(invocation.context.awsRequestId, code));
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

  end(): void {
    this.isAlive = false;
    void this.#worker.terminate();
  }
}
