import { StateError, whileExecuting } from '../errors.ts';
import type { StateRun } from '../state-run.ts';

export const itemReaderFailed = (cause: string): StateError =>
  new StateError('States.ItemReaderFailed', cause);

export const resultWriterFailed = (cause: string): StateError =>
  new StateError('States.ResultWriterFailed', cause);

/** Recorded by AWS (TestState). */
export const toleranceExceeded = (): StateError =>
  new StateError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );

/** A field's value that no map run can have. Recorded by AWS: there is no `MapStateFailed` after it. */
export class InvalidSetting extends StateError {
  constructor({ state, enteredEventId }: StateRun, message: string) {
    super('States.Runtime', whileExecuting(state.name, enteredEventId, message));
  }
}
