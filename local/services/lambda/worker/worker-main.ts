// Runs inside a worker thread: Lambda's Node runtime for one function, as far as its code can tell.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Invocation } from '../invocation.ts';
import { ErrorAnswers, unhandledRejection } from '../runtime/error-answers.ts';
import { handlerIn, handlerPlace } from '../runtime/handler-name.ts';
import { timeSince, worldDate } from '../runtime/world-date.ts';
import type { WorkerMessage, WorkerStart } from './worker-protocol.ts';

type Handler = (event: unknown, context: object) => unknown;

const { directory, handler: handlerName } = workerData as WorkerStart;
const errors = new ErrorAnswers(directory, import.meta.url);
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
process.cwd = () => directory;

let now = (): number => 0;
globalThis.Date = worldDate(Date, () => now());

const load = async (): Promise<Handler | Answer> => {
  const place = handlerPlace(directory, handlerName);
  if ('payload' in place) return place;
  try {
    const module = (await import(pathToFileURL(place.file).href)) as object;
    return handlerIn<Handler>(module, place.exported, handlerName);
  } catch (error) {
    return errors.thrownWhileLoading(error);
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
    return errors.thrown(error);
  }
};

process.on('unhandledRejection', (reason) => {
  say({ kind: 'answer', ...unhandledRejection(reason) });
  process.exit(128);
});

parentPort!.on('message', (invocation: Invocation) => {
  now = timeSince(invocation);
  void run(invocation).then((answer) => say({ kind: 'answer', ...answer }));
});
