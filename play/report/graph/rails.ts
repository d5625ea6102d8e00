import { textWidth } from '../format.ts';
import type { Arrow } from './edges.ts';
import type { PlacedState } from './layout.ts';

/** All longer ways into one state on one side: stubs to a line beside the ranks, and one arrow in. */
export interface PlacedRail {
  readonly to: string;
  readonly side: 'left' | 'right';
  readonly x: number;
  readonly arrows: readonly Arrow[];
}

type States = ReadonlyMap<string, PlacedState>;
type Wish = Omit<PlacedRail, 'x'> & { readonly top: number; readonly bottom: number };

const GAP = 16;
const RAIL_GAP = 9;

export function placeRails(
  states: States,
  arrows: readonly Arrow[],
  spine: ReadonlySet<string>,
): PlacedRail[] {
  const wishes = wishesOf(states, arrows, spine);
  // Short ones first, so that longer ones go around them.
  wishes.sort((one, other) => one.bottom - one.top - (other.bottom - other.top));
  const placed: (Wish & { readonly x: number })[] = [];
  for (const wish of wishes) placed.push({ ...wish, x: freeX(wish, states, placed) });
  return placed.map(({ to, side, x, arrows: ways }) => ({ to, side, x, arrows: ways }));
}

/** Where a rail leaves or enters a state: the middle of its side, or of its heading where it holds others. */
export function dockY(state: PlacedState): number {
  return state.y + (state.inner.length > 0 ? 20 : state.height / 2);
}

function wishesOf(states: States, arrows: readonly Arrow[], spine: ReadonlySet<string>): Wish[] {
  const grouped = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    // A question that leads to a recovery state joins the rail of the errors that lead there.
    const isRight =
      arrow.kind === 'caught' || leadsToRecovery(arrow, arrows, spine) || isFreerAtRight(states, arrow);
    const side = isRight ? 'right' : 'left';
    const key = `${side}|${arrow.to}`;
    grouped.set(key, [...(grouped.get(key) ?? []), arrow]);
  }
  return [...grouped].map(([key, ways]) => {
    const [side = 'left', ...to] = key.split('|');
    const ends = ways.flatMap(({ from, to: target }) => [states.get(from), states.get(target)]);
    const ys = ends.map((state) => (state === undefined ? 0 : dockY(state)));
    return {
      to: to.join('|'),
      side: side === 'right' ? 'right' : 'left',
      arrows: ways,
      top: Math.min(...ys),
      bottom: Math.max(...ys),
    };
  });
}

function leadsToRecovery(arrow: Arrow, arrows: readonly Arrow[], spine: ReadonlySet<string>): boolean {
  return !spine.has(arrow.to) && arrows.some(({ kind, to }) => kind === 'caught' && to === arrow.to);
}

/** A rail should not have to pass behind a neighbour to reach its ends. */
function isFreerAtRight(states: States, { from, to }: Arrow): boolean {
  let left = 0;
  let right = 0;
  for (const end of [states.get(from), states.get(to)]) {
    if (end === undefined) continue;
    const y = dockY(end);
    for (const other of states.values()) {
      if (other === end || other.y > y || other.y + other.height < y) continue;
      if (other.x < end.x) left += 1;
      else right += 1;
    }
  }
  return right < left;
}

function freeX(wish: Wish, states: States, placed: readonly (Wish & { readonly x: number })[]): number {
  const sign = wish.side === 'right' ? 1 : -1;
  const beside = [...states.values()].filter(({ y, height }) => y <= wish.bottom && y + height >= wish.top);
  const edges = beside.map(({ x, width }) => (sign > 0 ? x + width : -x));
  // A condition is written between its question and the rail.
  const labels = wish.arrows.map(({ from, label }) => {
    const { x = 0, width = 0 } = states.get(from) ?? {};
    return label === '' ? Number.NEGATIVE_INFINITY : (sign > 0 ? x + width : -x) + textWidth(label, 10) + 16;
  });
  let far = Math.max(Math.max(...edges) + GAP, ...labels);
  const others = placed.filter(
    (one) => one.side === wish.side && one.top <= wish.bottom + RAIL_GAP && one.bottom >= wish.top - RAIL_GAP,
  );
  for (const other of others.sort((one, another) => sign * (one.x - another.x))) {
    if (sign * other.x + RAIL_GAP > far) far = Math.max(far, sign * other.x + RAIL_GAP);
  }
  return sign * far;
}
