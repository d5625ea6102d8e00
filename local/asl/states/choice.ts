import type { Data } from '../data.ts';
import { StateError, whileExecuting } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { ChoiceState } from '../machine.ts';
import { StateRun, type Step } from '../state-run.ts';
import { unexpectedType } from '../template.ts';

/** Takes the first rule whose condition is true; its `Output` and `Assign` stand in for the state's. */
export async function runChoice(frame: Frame, state: ChoiceState, input: Data): Promise<Step> {
  const run = new StateRun(frame, state, input);
  const environment = run.environment();
  for (const [index, rule] of state.choices.entries()) {
    const field = `Choices[${index}]/Condition`;
    const evaluated = run.evaluate(rule.condition, environment, field);
    const condition = evaluated instanceof Promise ? await evaluated : evaluated;
    if (typeof condition !== 'boolean') {
      throw run.evaluationFailed(unexpectedType(rule.condition, field, 'boolean', condition));
    }
    if (condition) return run.leave(rule, rule.next, input, undefined, `Choices[${index}]/`);
  }
  if (state.default === undefined) {
    const message = 'Failed to transition out of the state. The state does not point to a next state.';
    throw new StateError('States.NoChoiceMatched', whileExecuting(state.name, run.enteredEventId, message));
  }
  return run.leave(state, state.default, input);
}
