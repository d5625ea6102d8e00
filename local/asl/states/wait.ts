import type { Data } from '../data.ts';
import { EvaluationError, StateError, whileExecuting } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { WaitState } from '../machine.ts';
import { momentOf } from '../moment.ts';
import { StateRun, type Step } from '../state-run.ts';
import { type Template, unexpectedType } from '../template.ts';

/** The longest wait of `Seconds` (guide: 0 to 99,999,999). */
const LONGEST_SECONDS = 99_999_999;
/** The longest wait for a `Timestamp`, in seconds. Recorded: 24,855 days are waited for, 24,856 are too long. */
const LONGEST_UNTIL_SECONDS = 2 ** 31 - 1;

/** Year to second, an optional fraction, and `Z` or an offset: "ISO-8601 extended offset date-time". */
const OFFSET_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}(:\d{2})?)$/;

/** Lets time pass: a number of seconds, or until a moment. A moment in the past does not wait. */
export async function runWait(frame: Frame, state: WaitState, input: Data): Promise<Step> {
  const run = new StateRun(frame, state, input);
  const { clock } = frame.execution.world;
  const [ms, longestSeconds] =
    state.seconds !== undefined
      ? [(await secondsOf(run, state.seconds)) * 1000, LONGEST_SECONDS]
      : [Math.max(0, (await timestampOf(run, state.timestamp!)) - clock.now()), LONGEST_UNTIL_SECONDS];
  if (ms > longestSeconds * 1000) {
    throw new StateError(
      'States.Runtime',
      whileExecuting(state.name, run.enteredEventId, 'Wait state delay is too long.'),
    );
  }
  await frame.abort.sleep(clock, ms);
  return run.leave(state, state.next, input);
}

async function secondsOf(run: StateRun, template: Template): Promise<number> {
  const value = await run.evaluate(template, run.environment(), 'Seconds');
  if (typeof value !== 'number')
    throw run.evaluationFailed(unexpectedType(template, 'Seconds', 'number', value));
  if (Number.isInteger(value) && value >= 0) return value;
  throw run.evaluationFailed(
    new EvaluationError(`The Seconds field must be a non-negative integer, but was: ${value}`, 'Seconds'),
  );
}

async function timestampOf(run: StateRun, template: Template): Promise<number> {
  const value = await run.evaluate(template, run.environment(), 'Timestamp');
  if (typeof value !== 'string')
    throw run.evaluationFailed(unexpectedType(template, 'Timestamp', 'string', value));
  const epochMs = momentOf(value, OFFSET_DATE_TIME);
  if (!Number.isNaN(epochMs)) return epochMs;
  const message = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${value}`;
  // Recorded by AWS: unlike other query errors this one follows from the state's entry.
  throw run.evaluationFailed(new EvaluationError(message, 'Timestamp', true));
}
