import { caught } from '../catch.ts';
import { StateError } from '../errors.ts';
import type { MapState, ParallelState, State, TaskState } from '../machine.ts';
import { matchesError } from '../match-error.ts';
import { backoffSeconds } from '../retry.ts';
import type { StateRun, Step } from '../state-run.ts';
import type { Inspection } from './inspection.ts';

/** How a test ends. */
export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly step: Step }
  | { readonly status: 'CAUGHT_ERROR'; readonly step: Step; readonly error: StateError }
  | { readonly status: 'RETRIABLE' | 'FAILED'; readonly error: StateError };

const isRecoverable = (run: StateRun): run is StateRun<TaskState | MapState | ParallelState> =>
  'retry' in (run.state satisfies State);

/**
 * What a state's Retry and Catch say to an error, without waiting for the retry.
 *
 * @param retries how often the retrier has retried already
 */
export async function recover(
  run: StateRun,
  error: StateError,
  retries: number,
  inspection: Inspection,
): Promise<Ending> {
  if (!isRecoverable(run)) return { status: 'FAILED', error };
  const takes = ({ errorEquals }: { errorEquals: readonly string[] }): boolean =>
    matchesError(errorEquals, error);
  const retryIndex = run.state.retry.findIndex(takes);
  const retrier = run.state.retry[retryIndex];
  if (retrier !== undefined && retries < retrier.maxAttempts) {
    const retryBackoffIntervalSeconds = Math.round(backoffSeconds(retrier, retries));
    inspection.errorDetails = { retryIndex, retryBackoffIntervalSeconds };
    return { status: 'RETRIABLE', error };
  }
  const catchIndex = run.state.catch.findIndex(takes);
  if (retrier !== undefined || catchIndex !== -1) {
    inspection.errorDetails = {
      ...(catchIndex !== -1 && { catchIndex }),
      ...(retrier !== undefined && { retryIndex }),
    };
  }
  if (catchIndex === -1) return { status: 'FAILED', error };
  try {
    return { status: 'CAUGHT_ERROR', step: await caught(run, error), error };
  } catch (thrown) {
    if (thrown instanceof StateError) return { status: 'FAILED', error: thrown };
    throw thrown;
  }
}
