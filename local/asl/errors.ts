/** Longest `error` and `cause` that Step Functions keeps (API model: SensitiveError, SensitiveCause). */
const ERROR_LIMIT = 256;
const CAUSE_LIMIT = 32_768;

/**
 * An error as state machines see it: a name that Retry and Catch match, and a
 * cause for people. Both can be absent (`Fail` without Error, `SendTaskFailure`
 * without either).
 */
export class StateError extends Error {
  readonly error: string | undefined;
  readonly stateCause: string | undefined;

  constructor(error: string | undefined, cause?: string) {
    super(`${error ?? 'no error name'}: ${cause ?? 'no cause'}`);
    this.name = 'StateError';
    this.error = error?.slice(0, ERROR_LIMIT);
    this.stateCause = cause?.slice(0, CAUSE_LIMIT);
  }

  /** What `$states.errorOutput` holds. Recorded by AWS: null without an error name, an empty cause without a cause. */
  get output(): { Error: string | null; Cause: string | null } {
    return { Error: this.error ?? null, Cause: this.stateCause ?? (this.error === undefined ? null : '') };
  }
}

/** `TimeoutSeconds` is over. */
export class TaskTimedOut extends StateError {
  constructor() {
    super('States.Timeout');
  }
}

/** `HeartbeatSeconds` passed without a sign. AWS shows it as `States.Timeout` too (recorded in 2024). */
export class HeartbeatMissed extends TaskTimedOut {}

/** A query error before it is known in which entry of which state it happened. */
export class EvaluationError extends Error {
  /** The field in the state's definition, such as `Output/result` or `Choices[0]/Condition`. */
  readonly location: string | undefined;
  /** Whether the state's entry counts as the event before; for most query errors it does not. */
  readonly afterEntry: boolean;

  constructor(message: string, location?: string, afterEntry = false) {
    super(message);
    this.name = 'EvaluationError';
    this.location = location;
    this.afterEntry = afterEntry;
  }
}

/** What a branch's pending work is rejected with when the branch is given up. Never reaches Retry or Catch. */
export const ABORTED = Symbol('aborted');

export const dataLimitExceeded = (stateOrTask: string): StateError =>
  new StateError('States.DataLimitExceeded', tooLarge(stateOrTask));

/**
 * A task's own result is above the limit. Recorded by AWS, against its guide:
 * `States.ALL` takes this one, which no state has made yet.
 */
export class ResultTooLarge extends StateError {
  /** @param task the integration's service, or the function's ARN */
  constructor(task: string) {
    super('States.DataLimitExceeded', tooLarge(task));
  }
}

const tooLarge = (stateOrTask: string): string =>
  `The state/task '${stateOrTask}' returned a result with a size exceeding the maximum number of bytes service limit.`;

/** AWS's preface to the cause of an error that a state itself made. */
export const whileExecuting = (stateName: string, enteredEventId: number, message: string): string =>
  `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredEventId}). ${message}`;
