import type { Report } from './diagnostics.ts';
import { isObject, type Json } from './shape.ts';

/** Do all transitions lead to a state, can every state be reached, and is there an end? */
export function checkTransitions(container: Json, location: string, report: Report): void {
  const states = container.States as Record<string, Json>;
  const reached = new Set<string>();
  const waiting: string[] = [];
  const follow = (target: unknown, from: string): void => {
    if (typeof target !== 'string') return;
    if (!Object.hasOwn(states, target)) {
      report.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, from);
    } else if (!reached.has(target)) {
      reached.add(target);
      waiting.push(target);
    }
  };

  follow(container.StartAt, `${location}/StartAt`);
  while (waiting.length > 0) {
    const name = waiting.pop()!;
    for (const [target, from] of targetsOf(states[name]!))
      follow(target, `${location}/States/${name}/${from}`);
  }

  if (!Object.values(states).some(isTerminal)) {
    report.add('MISSING_END_STATE', 'Workflow has no terminal state');
    return;
  }
  for (const name of Object.keys(states)) {
    if (reached.has(name)) continue;
    report.add(
      'MISSING_TRANSITION_TARGET',
      `State "${name}" is not reachable.`,
      `${location}/States/${name}`,
    );
  }
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
