import type { Report } from './diagnostics.ts';
import { isObject, type Json } from './shape.ts';

/**
 * Do all transitions lead to a state, is there an end, and can every state be
 * reached? Reported of AWS: the end is asked of the machine alone, not of its
 * branches, and without one nothing is said of states that cannot be reached.
 */
export function checkTransitions(container: Json, location: string, report: Report): void {
  const states = container.States as Record<string, Json>;
  const check = (target: unknown, from: string): void => {
    if (typeof target === 'string' && !Object.hasOwn(states, target)) {
      report.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, from);
    }
  };
  check(container.StartAt, `${location}/StartAt`);
  for (const [name, state] of Object.entries(states)) {
    for (const [target, from] of targetsOf(state)) check(target, `${location}/States/${name}/${from}`);
  }
  if (location === '' && !Object.values(states).some(isTerminal)) {
    report.add('MISSING_END_STATE', 'Workflow has no terminal state');
    return;
  }
  const reached = reachedFrom(container.StartAt, states);
  for (const name of Object.keys(states)) {
    if (reached.has(name)) continue;
    report.add(
      'MISSING_TRANSITION_TARGET',
      `State "${name}" is not reachable.`,
      `${location}/States/${name}`,
    );
  }
}

function reachedFrom(startAt: unknown, states: Record<string, Json>): ReadonlySet<unknown> {
  const reached = new Set<unknown>();
  const waiting = [startAt];
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (typeof name !== 'string' || !Object.hasOwn(states, name) || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...targetsOf(states[name]!).map(([target]) => target));
  }
  return reached;
}

function targetsOf(state: Json): [unknown, string][] {
  const targets: [unknown, string][] = [];
  for (const list of ['Choices', 'Catch']) {
    const rules = Array.isArray(state[list]) ? state[list] : [];
    for (const [index, rule] of rules.entries()) {
      if (isObject(rule)) targets.push([rule.Next, `${list}[${index}]/Next`]);
    }
  }
  targets.push([state.Next, 'Next'], [state.Default, 'Default']);
  return targets;
}

const isTerminal = (state: unknown): boolean =>
  isObject(state) && (state.End === true || state.Type === 'Succeed' || state.Type === 'Fail');
