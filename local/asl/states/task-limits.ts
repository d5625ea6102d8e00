import type { AbortScope } from '../abort.ts';
import { EvaluationError, TaskTimedOut } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { TaskState } from '../machine.ts';
import type { StateRun } from '../state-run.ts';
import { type Template, unexpectedType } from '../template.ts';

/** Absent: a year and more, which nobody here waits for. */
export interface TaskLimits {
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
}

export function limitsOf(run: StateRun<TaskState>): TaskLimits | Promise<TaskLimits> {
  const { timeout, heartbeat } = run.state;
  if (timeout === undefined && heartbeat === undefined) return {};
  const timeoutSeconds = timeout && secondsOf(run, timeout, 'TimeoutSeconds');
  const heartbeatSeconds = heartbeat && secondsOf(run, heartbeat, 'HeartbeatSeconds');
  if (timeoutSeconds instanceof Promise || heartbeatSeconds instanceof Promise) {
    return Promise.all([timeoutSeconds, heartbeatSeconds]).then(([first, second]) => limits(first, second));
  }
  return limits(timeoutSeconds, heartbeatSeconds);
}

const limits = (timeoutSeconds: number | undefined, heartbeatSeconds: number | undefined): TaskLimits => ({
  ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
});

function secondsOf(run: StateRun<TaskState>, template: Template, field: string): number | Promise<number> {
  const checked = (value: unknown): number => {
    if (typeof value !== 'number')
      throw run.evaluationFailed(unexpectedType(template, field, 'number', value));
    if (Number.isInteger(value) && value > 0) return value;
    throw run.evaluationFailed(
      new EvaluationError(`The ${field} field must be a positive integer, but was: ${value}`, field),
    );
  };
  const evaluated = run.evaluate(template, run.environment(), field);
  return evaluated instanceof Promise ? evaluated.then(checked) : checked(evaluated);
}

/** What `work` comes to, or the time-out's error; late answers are not listened to. */
export function withinSeconds<T>(
  seconds: number | undefined,
  work: Promise<T>,
  frame: Frame,
  abort: AbortScope,
): Promise<T> {
  if (seconds === undefined) return work;
  const { clock } = frame.execution.world;
  return new Promise((resolve, reject) => {
    const timer = clock.at(clock.now() + seconds * 1000, () => {
      reject(new TaskTimedOut());
      abort.abort();
    });
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}
