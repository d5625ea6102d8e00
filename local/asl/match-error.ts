import { HeartbeatMissed, type StateError } from './errors.ts';

/** Errors that end an execution unless they are named (developer guide, "Handling errors"). */
const NOT_IN_ALL = new Set<string | undefined>(['States.DataLimitExceeded', 'States.Runtime']);

/** Does an `ErrorEquals` list of Retry or Catch mean this error? */
export const matchesError = (names: readonly string[], error: StateError): boolean =>
  names.some((name) => matchesName(name, error));

function matchesName(name: string, thrown: StateError): boolean {
  const { error } = thrown;
  switch (name) {
    case error:
      return true;
    case 'States.ALL':
      return !NOT_IN_ALL.has(error);
    case 'States.TaskFailed':
      return error !== 'States.Timeout' && !NOT_IN_ALL.has(error);
    case 'States.HeartbeatTimeout':
      // Recorded by AWS: a missed heartbeat calls itself States.Timeout.
      return thrown instanceof HeartbeatMissed;
    default:
      return false;
  }
}
