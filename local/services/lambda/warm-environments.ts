import type { Environment, EnvironmentSpec, Run } from './environment.ts';
import type { Answer } from './invocation.ts';
import { ThreadEnvironment } from './thread/thread-environment.ts';
import { WorkerEnvironment } from './worker/worker-environment.ts';

/** An environment that nobody needed for so long is ended. Real milliseconds. */
const IDLE_MS = 10_000;

/** One that was started ahead is meant to be there for the whole of a run. */
const WARM_IDLE_MS = 600_000;

interface Warm {
  readonly environment: Environment;
  readonly idleMs: number;
  rest?: NodeJS.Timeout;
}

/** Idle environments by what they run. Shared by all worlds of this process, as Lambda keeps them warm. */
const idle = new Map<string, Warm[]>();

/** Runs one invocation in a warm environment or a new one. */
export const runInEnvironment = async (spec: EnvironmentSpec, run: Run): Promise<Answer> => {
  const warm = takeIdle(spec.key) ?? start(spec, IDLE_MS);
  const answer = await warm.environment.run(run);
  if (warm.environment.isAlive) keep(spec.key, warm);
  return answer;
};

/** Starts an environment ahead of its first invocation, unless one is there. */
export const warmEnvironment = async (spec: EnvironmentSpec): Promise<void> => {
  if (idle.get(spec.key)?.length) return;
  const warm = start(spec, WARM_IDLE_MS);
  keep(spec.key, warm);
  await warm.environment.started;
};

const start = (spec: EnvironmentSpec, idleMs: number): Warm => ({
  environment: spec.kind === 'thread' ? new ThreadEnvironment(spec) : new WorkerEnvironment(spec),
  idleMs,
});

/** An environment can end while nobody needs it: its code may throw late, or exit. */
function takeIdle(key: string): Warm | undefined {
  const environments = idle.get(key);
  for (let warm = environments?.pop(); warm !== undefined; warm = environments?.pop()) {
    clearTimeout(warm.rest);
    if (warm.environment.isAlive) return warm;
  }
  return undefined;
}

function keep(key: string, warm: Warm): void {
  const others = idle.get(key);
  if (others === undefined) idle.set(key, [warm]);
  else others.push(warm);
  warm.rest = setTimeout(() => {
    const left = idle.get(key)!.filter((other) => other !== warm);
    if (left.length === 0) idle.delete(key);
    else idle.set(key, left);
    warm.environment.end();
  }, warm.idleMs).unref();
}
