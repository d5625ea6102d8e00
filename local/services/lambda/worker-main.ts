// Runs inside a worker thread: Lambda's Node runtime for one function, as far as its code can tell.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type Answer,
  errorAnswer,
  type Invocation,
  type WorkerMessage,
  type WorkerStart,
} from './worker-protocol.ts';

type Handler = (event: unknown, context: object) => unknown;

const { directory, handler: handlerName } = workerData as WorkerStart;
const say = (message: WorkerMessage): void => parentPort!.postMessage(message);

// Through the message port, so that no line of a log comes after the answer.
const toLog = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
  say({ kind: 'log', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
  const callback = typeof encoding === 'function' ? encoding : done;
  if (typeof callback === 'function') queueMicrotask(() => callback());
  return true;
};
process.stdout.write = toLog;
process.stderr.write = toLog;

/** The world's clock, as `Date` shows it to the function. */
let now = (): number => 0;
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

/** Paths of this machine, shown as they would be in Lambda. */
const PLACES = [
  [pathToFileURL(directory).href, 'file:///var/task'],
  [directory, '/var/task'],
  [import.meta.url, 'file:///var/runtime/index.mjs'],
] as const;

const inLambda = (text: string): string =>
  PLACES.reduce((shown, [here, there]) => shown.replaceAll(here, there), text);

const answerOf = (error: unknown): Answer => {
  if (!types.isNativeError(error) && !(error instanceof Error))
    return errorAnswer(typeof error, String(error), []);
  return errorAnswer(error.name, inLambda(error.message), inLambda(error.stack ?? '').split('\n'));
};

const load = async (): Promise<Handler | Answer> => {
  const dot = handlerName.lastIndexOf('.');
  const base = join(directory, handlerName.slice(0, dot));
  const name = handlerName.slice(dot + 1);
  const file = ['.js', '.mjs', '.cjs'].map((ending) => base + ending).find(existsSync);
  if (file === undefined) {
    const message = `Error: Cannot find module '${handlerName.slice(0, dot).split('/').at(-1)}'`;
    return errorAnswer('Runtime.ImportModuleError', message, [`Runtime.ImportModuleError: ${message}`]);
  }
  try {
    const module = (await import(pathToFileURL(file).href)) as Record<string, unknown> & {
      default?: Record<string, unknown>;
    };
    const handler = module[name] ?? module.default?.[name];
    if (typeof handler === 'function') return handler as Handler;
    return errorAnswer('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`, []);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return errorAnswer('Runtime.UserCodeSyntaxError', `SyntaxError: ${inLambda(error.message)}`, []);
    }
    const { code } = error as { code?: string };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return answerOf(error);
    return errorAnswer('Runtime.ImportModuleError', `Error: ${inLambda((error as Error).message)}`, []);
  }
};

let loaded: Promise<Handler | Answer> | undefined;

const run = async ({ event, context, timeoutMs }: Invocation): Promise<Answer> => {
  loaded ??= load();
  const handler = await loaded;
  if (typeof handler !== 'function') return handler;
  const endMs = now() + timeoutMs;
  try {
    const result = await handler(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, endMs - now()),
    });
    return { payload: JSON.stringify(result) ?? 'null', isError: false };
  } catch (error) {
    return answerOf(error);
  }
};

process.on('unhandledRejection', (reason) => {
  say({ kind: 'answer', ...errorAnswer('Runtime.UnhandledPromiseRejection', String(reason), []) });
  process.exit(128);
});

parentPort!.on('message', (invocation: Invocation) => {
  const startedAt = performance.now();
  now = () => Math.round(invocation.nowMs + (performance.now() - startedAt) * invocation.speed);
  void run(invocation).then((answer) => say({ kind: 'answer', ...answer }));
});
