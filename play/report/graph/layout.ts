import type { MachineDefinition, StateDefinition } from '../data.ts';
import { type Arrow, arrowsOf, innerMachines } from './edges.ts';
import { type PlacedRail, placeRails } from './rails.ts';
import { rankStates } from './ranks.ts';
import { wrapped } from './wrap.ts';

/** A machine with a place for everything; the origin is its upper left corner. Pixels. */
export interface PlacedMachine {
  readonly width: number;
  readonly height: number;
  readonly startAt: string;
  readonly states: ReadonlyMap<string, PlacedState>;
  /** Arrows from one rank to the next. */
  readonly arrows: readonly Arrow[];
  /** Longer ways: those that skip or go back run at the left, those that follow an error at the right. */
  readonly rails: readonly PlacedRail[];
}

export interface PlacedState {
  readonly name: string;
  readonly definition: StateDefinition;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly inner: readonly { readonly x: number; readonly y: number; readonly machine: PlacedMachine }[];
}

export const LABEL_SIZE = 12;
export const LINE_HEIGHT = 15;
/** Height of a Map's or Parallel's own heading, above what is inside it. */
const HEADING = 40;
const STATE_WIDTH = 176;
const GAP = 14;
const ROOM_FOR_START = 24;

/**
 * Places the states in ranks from top to bottom, the usual path in one straight
 * line. The same definition gives the same picture whatever path was taken, so
 * that releases can be compared.
 */
export function placeMachine(machine: MachineDefinition, isInner = false): PlacedMachine {
  const sized = new Map(Object.entries(machine.States).map(([name, state]) => [name, withSize(name, state)]));
  const ranked = rankStates(machine, sized, arrowsOf(machine));
  const rails = placeRails(ranked.states, ranked.longArrows, ranked.spine);

  const states = [...ranked.states.values()];
  const left = Math.min(...states.map(({ x }) => x), ...rails.map(({ x }) => x));
  const right = Math.max(...states.map(({ x, width }) => x + width), ...rails.map(({ x }) => x));
  const top = isInner ? 0 : ROOM_FOR_START;
  return {
    width: right - left,
    height: Math.max(...states.map(({ y, height }) => y + height)) + top,
    startAt: machine.StartAt,
    states: new Map(states.map((state) => [state.name, { ...state, x: state.x - left, y: state.y + top }])),
    arrows: ranked.shortArrows,
    rails: rails.map((rail) => ({ ...rail, x: rail.x - left })),
  };
}

function withSize(name: string, definition: StateDefinition): PlacedState {
  const lines = wrapped(name, LABEL_SIZE, STATE_WIDTH - 40);
  const own = { name, definition, lines, x: 0, y: 0 };
  const machines = innerMachines(definition).map((machine) => placeMachine(machine, true));
  if (machines.length === 0) {
    return { ...own, width: STATE_WIDTH, height: 27 + lines.length * LINE_HEIGHT, inner: [] };
  }
  const heading = HEADING + (lines.length - 1) * LINE_HEIGHT;
  const innerWidth = machines.reduce((sum, machine) => sum + machine.width + GAP, -GAP);
  let x = GAP + Math.max(0, (STATE_WIDTH - innerWidth) / 2);
  const inner = machines.map((machine) => {
    const place = { x, y: heading, machine };
    x += machine.width + GAP;
    return place;
  });
  return {
    ...own,
    width: Math.max(STATE_WIDTH, innerWidth) + 2 * GAP,
    height: heading + Math.max(...machines.map(({ height }) => height)) + GAP,
    inner,
  };
}
