import type { Data } from '../data.ts';
import { StateError } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { FailState } from '../machine.ts';
import { StateRun } from '../state-run.ts';
import { type Template, unexpectedType } from '../template.ts';

/** Ends the workflow, branch or iteration with an error of its own. Has no exit event. */
export async function runFail(frame: Frame, state: FailState, input: Data): Promise<never> {
  const run = new StateRun(frame, state, input);
  const error = await textOf(run, state.error, 'Error');
  const cause = await textOf(run, state.cause, 'Cause');
  throw new StateError(error, cause);
}

async function textOf(
  run: StateRun,
  template: Template | undefined,
  field: string,
): Promise<string | undefined> {
  if (template === undefined) return undefined;
  const value = await run.evaluate(template, run.environment(), field);
  if (typeof value === 'string') return value;
  throw run.evaluationFailed(unexpectedType(template, field, 'string', value));
}
