import { dataOf } from './data.ts';
import { StateError } from './errors.ts';
import type { MapState, ParallelState, TaskState } from './machine.ts';
import { matchesError } from './match-error.ts';
import { Retries } from './retry.ts';
import type { StateRun, Step } from './state-run.ts';

/**
 * Attempts a state until it succeeds, its retries are used up or nothing but a
 * catcher is left.
 *
 * @param failed adds the event that says a Map or Parallel is given up
 * @throws StateError that no catcher takes
 */
export async function withRecovery(
  run: StateRun<TaskState | MapState | ParallelState>,
  attempt: () => Promise<Step>,
  failed: () => void = () => {},
): Promise<Step> {
  const { frame, state } = run;
  let retries: Retries | undefined;
  for (;;) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof StateError)) throw thrown;
      retries ??= new Retries(state.retry, frame.execution.random);
      const delayMs = retries.delayMs(thrown);
      if (delayMs === undefined) {
        failed();
        return await caught(run, thrown);
      }
      await frame.abort.sleep(frame.execution.world.clock, delayMs);
      run.retryCount += 1;
    }
  }
}

/** What the first catcher that takes an error makes of it. @throws the error itself where none does */
export function caught(
  run: StateRun<TaskState | MapState | ParallelState>,
  error: StateError,
): Step | Promise<Step> {
  const catchers = run.state.catch;
  const index = catchers.findIndex((catcher) => matchesError(catcher.errorEquals, error));
  if (index === -1) throw error;
  const catcher = catchers[index]!;
  const errorOutput = error.output;
  return run.leave(catcher, catcher.next, dataOf(errorOutput), { errorOutput }, `Catch[${index}]/`);
}
