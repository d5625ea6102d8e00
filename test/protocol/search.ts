/** Exhaustive search: every state that any order of moves leads to, each visited once, breadth first. */
import { StateStore } from './state-store.ts';

/** Something that can happen. It changes the bytes in place and says so, or leaves them alone and returns false. */
export interface Move {
  /** What to call it in a trace, asked before it happens. */
  label(): string;
  happen(): boolean;
  /** Something nobody may count on when it is asked whether the end can still be reached. */
  readonly isFault: boolean;
}

export interface Model {
  /** The state that is looked at: moves and questions are about these bytes. Starts as the first state. */
  readonly bytes: Uint8Array;
  readonly moves: readonly Move[];
  /** What is wrong in this state, or undefined. */
  violation(): string | undefined;
  isEnd(): boolean;
}

export interface Found {
  readonly states: number;
  readonly steps: number;
  /** The shortest way to the first thing that is wrong. */
  readonly broken?: { readonly kind: string; readonly trace: readonly string[] };
}

/** From the first state on, until something is wrong or nothing is left; then asks whether each state can reach the end. */
export function search(model: Model, mostStates = Number.POSITIVE_INFINITY): Found {
  const { bytes, moves } = model;
  const store = new StateStore(bytes.length);
  const parents: number[] = [-1];
  const from: number[] = [];
  const to: number[] = [];
  const ends: number[] = [];
  let steps = 0;
  store.add(bytes);

  for (let at = 0; at < store.size && store.size < mostStates; at++) {
    store.read(at, bytes);
    if (model.isEnd()) ends.push(at);
    for (const move of moves) {
      if (!move.happen()) continue;
      steps++;
      const before = store.size;
      const reached = store.add(bytes);
      if (reached === before) parents.push(at);
      if (!move.isFault && reached !== at) {
        from.push(at);
        to.push(reached);
      }
      const kind = reached === before ? model.violation() : undefined;
      if (kind) return { states: store.size, steps, broken: { kind, trace: traceTo(reached) } };
      store.read(at, bytes);
    }
  }

  // Of a search that was cut short nobody can say what is stuck.
  if (store.size >= mostStates) return { states: store.size, steps };
  const stuck = firstThatCannotReach(ends, store.size, from, to);
  if (stuck === undefined) return { states: store.size, steps };
  return { states: store.size, steps, broken: { kind: 'stuck', trace: traceTo(stuck) } };

  function traceTo(state: number): string[] {
    const labels: string[] = [];
    for (let here = state; parents[here] !== -1; here = parents[here]!) {
      labels.unshift(labelBetween(parents[here]!, here));
    }
    return labels;
  }

  function labelBetween(one: number, other: number): string {
    for (const move of moves) {
      store.read(one, bytes);
      const label = move.label();
      if (move.happen() && store.add(bytes) === other) return label;
    }
    throw new Error('A state has no way back to its parent.');
  }
}

/** Walks the steps backwards from the ends; whatever it does not meet is stuck. */
function firstThatCannotReach(
  ends: readonly number[],
  states: number,
  from: readonly number[],
  to: readonly number[],
): number | undefined {
  // The steps into each state, one state's after another's.
  const first = new Int32Array(states + 1);
  for (const state of to) first[state + 1]!++;
  for (let state = 0; state < states; state++) first[state + 1]! += first[state]!;
  const into = new Int32Array(to.length);
  const filled = first.slice();
  for (let step = 0; step < to.length; step++) into[filled[to[step]!]!++] = from[step]!;

  const reaches = new Uint8Array(states);
  const open = [...ends];
  for (const end of ends) reaches[end] = 1;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (let step = first[state]!; step < first[state + 1]!; step++) {
      const earlier = into[step]!;
      if (reaches[earlier] === 1) continue;
      reaches[earlier] = 1;
      open.push(earlier);
    }
  }
  const stuck = reaches.indexOf(0);
  return stuck === -1 ? undefined : stuck;
}
