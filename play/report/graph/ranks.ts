import { Graph, layout } from '@dagrejs/dagre';
import type { MachineDefinition } from '../data.ts';
import { textWidth } from '../format.ts';
import type { Point } from '../svg.ts';
import type { Arrow } from './edges.ts';
import type { PlacedState } from './layout.ts';
import { isEnding, spineOf } from './spine.ts';

type States = ReadonlyMap<string, PlacedState>;

export interface Ranked {
  readonly states: States;
  readonly shortArrows: readonly Arrow[];
  readonly longArrows: readonly Arrow[];
  readonly spine: ReadonlySet<string>;
}

/**
 * Dagre finds ranks and the order within them, twice: arrows that turn out to
 * jump over ranks are taken away for the second time, because the room it
 * keeps for them bends the usual path. They run on rails instead.
 */
export function rankStates(machine: MachineDefinition, states: States, arrows: readonly Arrow[]): Ranked {
  const next = arrows.filter(({ kind }) => kind === 'next');
  const returns = returnsOf(machine, arrows);
  const onwards = next.filter((arrow) => !returns.has(arrow));
  const caught = arrows.filter((arrow) => arrow.kind === 'caught' && !returns.has(arrow));
  const first = laidOut(states, onwards, caught);
  const short = shortOnes(first, onwards);
  const graph = laidOut(states, short, caught);
  const spine = spineOf(machine, short, next);

  const width = graph.graph().width ?? 0;
  const isMirrored = recoveryIsLeft(graph, arrows, spine, width);
  const across = (point: Point): Point => (isMirrored ? { x: width - point.x, y: point.y } : point);
  const shift = spineShift(
    [...states.keys()].map((name) => ({ ...across(at(graph, name)), isSpine: spine.has(name) })),
  );
  const place = (point: Point): Point => ({ x: across(point).x + shift(point.y), y: point.y });

  const isStillShort = new Set(shortOnes(graph, short));
  const placed = [...states].map(([name, state]) => centred(state, place(at(graph, name))));
  return {
    states: new Map(withEndingsInOrder(placed, machine).map((state) => [state.name, state])),
    shortArrows: short.filter((arrow) => isStillShort.has(arrow)),
    longArrows: arrows.filter((arrow) => !isStillShort.has(arrow)),
    spine,
  };
}

type Laid = ReturnType<typeof laidOut>;

/** Arrows that lead back to a state on the way to their own: what comes after must not end up above the start. */
function returnsOf({ StartAt }: MachineDefinition, arrows: readonly Arrow[]): Set<Arrow> {
  const returns = new Set<Arrow>();
  const seen = new Set<string>();
  const way = new Set<string>();
  const visit = (name: string): void => {
    seen.add(name);
    way.add(name);
    for (const arrow of arrows.filter(({ from }) => from === name)) {
      if (way.has(arrow.to)) returns.add(arrow);
      else if (!seen.has(arrow.to)) visit(arrow.to);
    }
    way.delete(name);
  };
  visit(StartAt);
  return returns;
}

/** @param caught put a state that only errors lead to below the first state that it catches for */
function laidOut(states: States, arrows: readonly Arrow[], caught: readonly Arrow[]) {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 22, edgesep: 12, ranksep: 30 });
  for (const [name, { width, height }] of states) graph.setNode(name, { width, height });
  const order = [...states.keys()];
  for (const { from, to, label } of arrows) {
    // A definition tells the usual path first, state under state: those arrows stay short.
    const weight = order.indexOf(to) === order.indexOf(from) + 1 ? 12 : 1;
    const room = label === '' ? {} : { width: textWidth(label, 10) + 6, height: 13, labelpos: 'c' };
    graph.setEdge(from, to, { weight, minlen: 1, ...room });
  }
  const reached = new Set(arrows.map(({ to }) => to));
  for (const { from, to } of caught) {
    if (reached.has(to)) continue;
    reached.add(to);
    graph.setEdge(from, to, { weight: 0, minlen: 1 });
  }
  layout(graph);
  return graph;
}

/** Arrows to the rank below; and, so that nothing floats, the only arrow that a state has. */
function shortOnes(graph: Laid, arrows: readonly Arrow[]): Arrow[] {
  const middles = new Set<number>(graph.nodes().map((name: string) => Math.round(at(graph, name).y)));
  const ranks = [...middles].sort((one, other) => one - other);
  const rank = (name: string) => ranks.indexOf(Math.round(at(graph, name).y));
  const isNear = (arrow: Arrow) => rank(arrow.to) - rank(arrow.from) === 1;
  const near = arrows.filter(isNear);
  const held = new Set(near.flatMap(({ from, to }) => [from, to]));
  return arrows.filter((arrow) => isNear(arrow) || !held.has(arrow.to) || !held.has(arrow.from));
}

/** Rails for errors run at the right; where the recovery states came out left, the picture is turned around. */
function recoveryIsLeft(
  graph: Laid,
  arrows: readonly Arrow[],
  spine: ReadonlySet<string>,
  width: number,
): boolean {
  const targets = arrows
    .filter(({ kind, to }) => kind === 'caught' && !spine.has(to))
    .map(({ to }) => at(graph, to).x);
  return targets.length > 0 && targets.reduce((sum, x) => sum + x, 0) / targets.length < width / 2;
}

/** How far each rank moves sideways so that the usual path becomes one straight line. */
function spineShift(places: readonly (Point & { readonly isSpine: boolean })[]): (y: number) => number {
  const spine = places.filter(({ isSpine }) => isSpine).sort((one, other) => one.y - other.y);
  const axis = spine[0]?.x ?? 0;
  return (y) => {
    const below = spine.findIndex((place) => place.y >= y);
    const after = spine[below] ?? spine.at(-1);
    const before = below > 0 ? spine[below - 1] : after;
    if (after === undefined || before === undefined) return 0;
    const share = after.y === before.y ? 1 : Math.min(1, (y - before.y) / (after.y - before.y));
    return axis - (before.x + (after.x - before.x) * share);
  };
}

/** Endings side by side stand in the order of the definition: the good one first. */
function withEndingsInOrder(states: readonly PlacedState[], machine: MachineDefinition): PlacedState[] {
  const middleOf = ({ y, height }: PlacedState) => Math.round(y + height / 2);
  return states.map((state) => {
    const rank = states.filter((other) => middleOf(other) === middleOf(state));
    if (!rank.every(({ name }) => isEnding(machine, name))) return state;
    const places = rank.map(({ x }) => x).sort((one, other) => one - other);
    return { ...state, x: places[rank.indexOf(state)] ?? state.x };
  });
}

function centred(state: PlacedState, { x, y }: Point): PlacedState {
  return { ...state, x: x - state.width / 2, y: y - state.height / 2 };
}

function at(graph: Laid, name: string): Point {
  const { x = 0, y = 0 } = graph.node(name);
  return { x, y };
}
