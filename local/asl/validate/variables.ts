import type { Report } from './diagnostics.ts';
import { isObject, type Json } from './shape.ts';

/** Longest variable name, in characters (quota). */
const NAME_LIMIT = 80;
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/**
 * Names of variables: well formed, and none assigned inside a Parallel or Map
 * that an outer scope assigns too (developer guide, "Variable scope").
 */
export function checkVariables(
  container: Json,
  location: string,
  outer: ReadonlySet<string>,
  report: Report,
): void {
  const own = new Set(outer);
  for (const [place, name] of assignedIn(container, location)) {
    if (name === 'states' || !NAME.test(name) || [...name].length > NAME_LIMIT) {
      report.schema(`The variable name '${name}' is not valid`, place);
    } else if (outer.has(name)) {
      report.schema(`Variable '${name}' is already assigned in an outer scope`, place);
    }
    own.add(name);
  }
  for (const [state, at] of statesOf(container, location)) {
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const [index, branch] of branches.entries()) {
      if (isObject(branch)) checkVariables(branch, `${at}/Branches[${index}]`, own, report);
    }
    if (isObject(state.ItemProcessor))
      checkVariables(state.ItemProcessor, `${at}/ItemProcessor`, own, report);
  }
}

function* assignedIn(container: Json, location: string): Generator<[string, string]> {
  for (const [state, at] of statesOf(container, location)) {
    yield* namesOf(state, at);
    for (const list of ['Choices', 'Catch']) {
      const rules = Array.isArray(state[list]) ? state[list] : [];
      for (const [index, rule] of rules.entries())
        if (isObject(rule)) yield* namesOf(rule, `${at}/${list}[${index}]`);
    }
  }
}

function* namesOf(holder: Json, location: string): Generator<[string, string]> {
  if (!isObject(holder.Assign)) return;
  for (const name of Object.keys(holder.Assign)) yield [`${location}/Assign/${name}`, name];
}

function* statesOf(container: Json, location: string): Generator<[Json, string]> {
  if (!isObject(container.States)) return;
  for (const [name, state] of Object.entries(container.States)) {
    if (isObject(state)) yield [state, `${location}/States/${name}`];
  }
}
