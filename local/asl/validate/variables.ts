import type { Report } from './diagnostics.ts';
import { isObject, type Json } from './shape.ts';

/** Longest variable name, in characters (quota). */
const NAME_LIMIT = 80;
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/**
 * Names of variables: well formed, and none assigned inside a Parallel or Map
 * that an outer scope assigns too (developer guide, "Variable scope"). What the
 * Parallel or Map itself assigns comes after its branches and is no outer name
 * to them (recorded: AWS accepts that).
 */
export function checkVariables(
  container: Json,
  location: string,
  outer: ReadonlySet<string>,
  report: Report,
): void {
  const states = [...statesOf(container, location)].map(([state, at]) => ({
    state,
    at,
    names: assignedBy(state, at),
  }));
  for (const [place, name] of states.flatMap(({ names }) => names)) {
    if (name === 'states') {
      report.add('RESERVED_VARIABLE_NAME', "Cannot assign to reserved variable '$states'.", place);
    } else if (!NAME.test(name)) {
      const why = 'the variable name contains invalid characters.';
      report.add('INVALID_VARIABLE_NAME', `Invalid variable name '${name}': ${why}`, place);
    } else if ([...name].length > NAME_LIMIT) {
      const why = `the variable name is longer than ${NAME_LIMIT} characters.`;
      report.add('INVALID_VARIABLE_NAME', `Invalid variable name '${name}': ${why}`, place);
    } else if (outer.has(name)) {
      report.schema(`Variable '${name}' is already assigned in an outer scope`, place);
    }
  }
  for (const { state, at } of states) {
    const others = states
      .filter((other) => other.state !== state)
      .flatMap(({ names }) => names.map(([, name]) => name));
    const inner = new Set([...outer, ...others]);
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const [index, branch] of branches.entries()) {
      if (isObject(branch)) checkVariables(branch, `${at}/Branches[${index}]`, inner, report);
    }
    if (isObject(state.ItemProcessor)) {
      // Executions of their own see no variables from outside, so they may use any name.
      const config = state.ItemProcessor.ProcessorConfig;
      const seen = isObject(config) && config.Mode === 'DISTRIBUTED' ? new Set<string>() : inner;
      checkVariables(state.ItemProcessor, `${at}/ItemProcessor`, seen, report);
    }
  }
}

function assignedBy(state: Json, location: string): [place: string, name: string][] {
  const names = [...namesOf(state, location)];
  for (const list of ['Choices', 'Catch']) {
    const rules = Array.isArray(state[list]) ? state[list] : [];
    for (const [index, rule] of rules.entries()) {
      if (isObject(rule)) names.push(...namesOf(rule, `${location}/${list}[${index}]`));
    }
  }
  return names;
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
