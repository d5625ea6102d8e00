/** What an expression was told to fail with by a function or limit of ours, after AWS's colon. */
export class ExpressionFault extends Error {}

/** Measured but for its end, which is that of the engine's own exerciser. */
export const STACK_OVERFLOW =
  'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.';
const DURING = 'threw an error during evaluation';
const TOO_MUCH_MEMORY = 'Expression evaluation memory limit exceeded: Check for excessive memory usage';

/** AWS's answer to a picture without a digit, on which the engine itself stumbles (measured: `$formatNumber(1, "x")`). */
const NO_DIGIT =
  'D3086: The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character';

/**
 * What an expression did that failed, as AWS ends its sentence: code and words
 * of JSONata, a limit, or no more than that something failed within. What
 * JavaScript itself says is no user's business.
 */
export function faultText(thrown: unknown, source: string): string {
  if (thrown instanceof ExpressionFault) return `${DURING}: ${thrown.message}`;
  const { code, message } = thrown as { code?: string; message?: string };
  if (!(thrown instanceof Error))
    return `${DURING}${code === undefined ? `: ${message}` : `. ${code}: ${message}`}`;
  if (thrown instanceof RangeError) {
    return `${DURING}: ${/call stack/.test(thrown.message) ? STACK_OVERFLOW : TOO_MUCH_MEMORY}`;
  }
  if (thrown instanceof TypeError && /\$formatNumber\b/.test(source)) return `${DURING}. ${NO_DIGIT}`;
  // Measured of `$base64decode("!!!")`; AWS writes an id of its own behind it.
  return 'threw an internal error during evaluation.';
}
