import type { MachineDefinition } from '../data.ts';
import type { Arrow } from './edges.ts';

/**
 * The usual path: from each state to the one written next in the definition,
 * or else to the first it names, but not into a loop. It stops before a fan of
 * endings, which looks best spread evenly under its question.
 *
 * @param near the arrows to follow: those to the rank below
 * @param all every arrow that is not for errors, to see where a state leads
 */
export function spineOf(
  machine: MachineDefinition,
  near: readonly Arrow[],
  all: readonly Arrow[],
): ReadonlySet<string> {
  const order = Object.keys(machine.States);
  const spine = new Set<string>();
  let name: string | undefined = machine.StartAt;
  while (name !== undefined && !spine.has(name)) {
    spine.add(name);
    const targets = near.filter(({ from }) => from === name).map(({ to }) => to);
    const onwards = targets.filter((target) => !onlyGoesBack(target, all, spine));
    name = following(name, machine, onwards, order);
  }
  return spine;
}

function following(
  name: string,
  machine: MachineDefinition,
  targets: readonly string[],
  order: readonly string[],
): string | undefined {
  const goingOn = targets.filter((target) => !isEnding(machine, target));
  if (targets.length > 1 && goingOn.length === 0) return undefined;
  const candidates = goingOn.length > 0 ? goingOn : targets;
  const written = order[order.indexOf(name) + 1];
  return candidates.find((target) => target === written) ?? candidates[0];
}

function onlyGoesBack(name: string, arrows: readonly Arrow[], spine: ReadonlySet<string>): boolean {
  const targets = arrows.filter(({ from }) => from === name);
  return targets.length > 0 && targets.every(({ to }) => spine.has(to));
}

export function isEnding(machine: MachineDefinition, name: string): boolean {
  const state = machine.States[name];
  return state === undefined || state.End === true || state.Type === 'Succeed' || state.Type === 'Fail';
}
