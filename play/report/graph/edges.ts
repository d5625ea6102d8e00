import type { MachineDefinition, StateDefinition } from '../data.ts';

/** One way from a state to another; ways with the same ends are one arrow. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** `caught`: followed only after an error. */
  readonly kind: 'next' | 'caught';
  /** Short enough to be written beside the arrow, or empty. */
  readonly label: string;
  /** The whole story, for the tooltip. */
  readonly title: string;
}

const LONGEST_LABEL = 24;

/** The arrows between a machine's own states, in the order of the definition. Inner machines have their own. */
export function arrowsOf(machine: MachineDefinition): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const [from, state] of Object.entries(machine.States)) {
    for (const arrow of arrowsFrom(from, state)) {
      if (machine.States[arrow.to] === undefined) continue;
      const key = arrowKey(arrow);
      const before = arrows.get(key);
      arrows.set(key, before === undefined ? arrow : joined(before, arrow));
    }
  }
  return [...arrows.values()];
}

export function arrowKey(arrow: Pick<Arrow, 'from' | 'to' | 'kind'>): string {
  return `${arrow.kind}|${arrow.from}|${arrow.to}`;
}

/** The machines inside a Map (one) or a Parallel (one per branch). */
export function innerMachines(state: StateDefinition): readonly MachineDefinition[] {
  return state.ItemProcessor === undefined ? (state.Branches ?? []) : [state.ItemProcessor];
}

function* arrowsFrom(from: string, state: StateDefinition): Generator<Arrow> {
  if (state.Next !== undefined) yield { from, to: state.Next, kind: 'next', label: '', title: '' };
  for (const choice of state.Choices ?? []) {
    const condition = plainCondition(choice.Condition);
    const label = condition.length <= LONGEST_LABEL ? condition : '';
    yield { from, to: choice.Next, kind: 'next', label, title: `if ${condition}` };
  }
  if (state.Default !== undefined) {
    yield { from, to: state.Default, kind: 'next', label: 'otherwise', title: 'otherwise' };
  }
  for (const catcher of state.Catch ?? []) {
    yield {
      from,
      to: catcher.Next,
      kind: 'caught',
      label: '',
      title: `after ${catcher.ErrorEquals.join(', ')}`,
    };
  }
}

function joined(one: Arrow, other: Arrow): Arrow {
  return { ...one, label: '', title: [one.title, other.title].filter((title) => title !== '').join(', or ') };
}

/** `{% $verdict.isBetter %}` without its braces. */
function plainCondition(condition: string | undefined): string {
  return (condition ?? '')
    .replace(/^\{%\s*|\s*%\}$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
