import type { FailRequest } from '#shared/generated/contracts.ts';

/** What a Cause may say at most; Step Functions cuts at 32,768 characters, and wraps it in JSON. */
const LONGEST_CAUSE = 20_000;

/**
 * Fails under the outcome's own name, so that the execution does, too: unlike
 * a Fail state, a task that failed can be redriven. Redriven, it lets the
 * execution go on, to begin anew.
 *
 * @throws Error named after the outcome's failure, or after a no
 */
export function endExecution({ outcome, isRedriven }: FailRequest): Record<string, never> {
  if (isRedriven) return {};
  const error = new Error(outcome.reasons.join(' ').slice(0, LONGEST_CAUSE));
  error.name = nameOf(outcome);
  // Nothing broke here; a stack would only hide the reasons.
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}

/** `States.` names are Step Functions' own, and the state that asks us tries again on those of Lambda. */
function nameOf({ outcome, failure }: FailRequest['outcome']): string {
  const own = outcome === 'FAILED' ? failure?.error : undefined;
  return own === undefined || own === '' || /^(States|Lambda)\./.test(own) ? `Release${outcome}` : own;
}
