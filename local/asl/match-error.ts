import { HeartbeatMissed, ResultTooLarge, type StateError } from './errors.ts';

/** Does an `ErrorEquals` list of Retry or Catch mean this error? */
export const matchesError = (names: readonly string[], error: StateError): boolean =>
  // Recorded by AWS: this one ends an execution even where it is named.
  error.error !== 'States.Runtime' && names.some((name) => matchesName(name, error));

function matchesName(name: string, thrown: StateError): boolean {
  const { error } = thrown;
  switch (name) {
    case error:
      return true;
    case 'States.ALL':
      return !isTerminal(thrown);
    case 'States.TaskFailed':
      return error !== 'States.Timeout' && !isTerminal(thrown);
    case 'States.HeartbeatTimeout':
      // Recorded by AWS: a missed heartbeat calls itself States.Timeout.
      return thrown instanceof HeartbeatMissed;
    default:
      return false;
  }
}

/** Ends an execution unless it is named (developer guide, "Handling errors"). */
const isTerminal = (thrown: StateError): boolean =>
  thrown.error === 'States.DataLimitExceeded' && !(thrown instanceof ResultTooLarge);
