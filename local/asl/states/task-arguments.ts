import { type Data, dataOf, exceedsLimit } from '../data.ts';
import { dataLimitExceeded, StateError, whileExecuting } from '../errors.ts';
import { isRecord } from '../integrations/shapes.ts';
import type { TaskState } from '../machine.ts';
import type { StateRun } from '../state-run.ts';
import { checkArguments } from '../validate/arguments.ts';
import { Report } from '../validate/diagnostics.ts';

/**
 * What a Task asks with.
 *
 * @throws StateError `States.Runtime`, before anything is scheduled, for arguments that the integration does not take
 */
export function argumentsOf(run: StateRun<TaskState>): Data | Promise<Data> {
  const template = run.state.arguments;
  if (template === undefined) return checked(run, run.input, true);
  // The names in an object that is written out were checked when the machine was created.
  const isNew = template.kind === 'expression';
  const evaluated = run.evaluate(template, run.environment(), 'Arguments');
  return evaluated instanceof Promise
    ? evaluated.then((value) => checked(run, dataOf(value), isNew))
    : checked(run, dataOf(evaluated), isNew);
}

function checked(run: StateRun<TaskState>, input: Data, isNew: boolean): Data {
  if (exceedsLimit(input.text)) throw dataLimitExceeded(run.state.name);
  if (isNew) checkNames(run, input);
  return input;
}

/** Of names only: what a value may be, the service itself tells. The words are AWS's for `Parameters` (recorded). */
function checkNames({ state, enteredEventId }: StateRun<TaskState>, input: Data): void {
  // A function takes any JSON.
  if (state.resource.style === 'function') return;
  const report = new Report();
  if (isRecord(input.value)) checkArguments(input.value, state.resource, '', report);
  else report.schema('The arguments must be a JSON object', '');
  if (report.diagnostics.length === 0) return;
  const faults = report.diagnostics.map(({ message }) => message).join(', ');
  const message = `The Arguments '${input.text}' could not be used to start the Task: [${faults}]`;
  throw new StateError('States.Runtime', whileExecuting(state.name, enteredEventId, message));
}
