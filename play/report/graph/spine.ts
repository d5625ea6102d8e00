import type { MachineDefinition } from '../data.ts';
import type { Arrow } from './edges.ts';

/**
 * The usual path: from each state to the one written next in the definition,
 * or else to the first it names. It stops before a fan of endings, which looks
 * best spread evenly under its question.
 */
export function spineOf(machine: MachineDefinition, arrows: readonly Arrow[]): ReadonlySet<string> {
  const order = Object.keys(machine.States);
  const spine = new Set<string>();
  let name: string | undefined = machine.StartAt;
  while (name !== undefined && !spine.has(name)) {
    spine.add(name);
    name = following(name, machine, arrows, order);
  }
  return spine;
}

function following(
  name: string,
  machine: MachineDefinition,
  arrows: readonly Arrow[],
  order: readonly string[],
): string | undefined {
  const targets = arrows.filter(({ from }) => from === name).map(({ to }) => to);
  const goingOn = targets.filter((target) => !isEnding(machine, target));
  if (targets.length > 1 && goingOn.length === 0) return undefined;
  const candidates = goingOn.length > 0 ? goingOn : targets;
  const written = order[order.indexOf(name) + 1];
  return candidates.find((target) => target === written) ?? candidates[0];
}

export function isEnding(machine: MachineDefinition, name: string): boolean {
  const state = machine.States[name];
  return state === undefined || state.End === true || state.Type === 'Succeed' || state.Type === 'Fail';
}
