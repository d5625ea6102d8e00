import { line, type Markup, markup, type Point, round } from '../svg.ts';
import { type Arrow, arrowKey } from './edges.ts';
import type { PlacedMachine, PlacedState } from './layout.ts';
import type { PathTaken } from './path.ts';
import { drawRails } from './rail.ts';

/** Arrows from state to state; those not followed come first, so that the path lies on top. */
export function drawArrows(machine: PlacedMachine, path: PathTaken | undefined): Markup {
  const taken = (arrow: Arrow) => path?.arrows.has(arrowKey(arrow)) ?? false;
  const ordered = [...machine.arrows].sort((one, other) => Number(taken(one)) - Number(taken(other)));
  const arrows = ordered.map((arrow) =>
    drawArrow(machine, arrow, path === undefined ? 'plain' : taken(arrow) ? 'taken' : 'missed'),
  );
  return markup`${drawRails(machine, path)}${arrows}`;
}

/** The dot above the first state. */
export function drawStart(machine: PlacedMachine, isTaken: boolean): Markup | undefined {
  const first = machine.states.get(machine.startAt);
  if (first === undefined) return undefined;
  const x = first.x + first.width / 2;
  return markup`<g class="arrow ${isTaken ? 'taken' : 'plain'}"><circle class="start" cx="${x}" cy="6" r="5"/>
      <path class="wire" d="M${x} 11V${first.y - 5}"/>${head({ x, y: first.y }, 1)}</g>`;
}

function drawArrow(machine: PlacedMachine, arrow: Arrow, look: string): Markup {
  const from = machine.states.get(arrow.from);
  const to = machine.states.get(arrow.to);
  if (from === undefined || to === undefined) return markup``;
  const [start, end] = ends(from, to);
  const direction = end.y >= start.y ? 1 : -1;
  // Nearer to where it leads: conditions of one question then stand side by side.
  const label = { x: start.x + (end.x - start.x) * 0.85, y: start.y + (end.y - start.y) * 0.6 };
  const text =
    arrow.label !== '' &&
    markup`<text class="condition" x="${label.x}" y="${label.y}" text-anchor="middle" font-size="10">${arrow.label}</text>`;
  return markup`<g class="arrow ${look}">
      ${arrow.title !== '' && markup`<title>${arrow.title}</title>`}
      <path class="wire" d="${flowing(start, { x: end.x, y: end.y - 5 * direction })}"/>
      ${head(end, direction)}
      ${text}
    </g>`;
}

/** From the lower side of one state to the upper side of the other, a little towards each other. */
function ends(from: PlacedState, to: PlacedState): [Point, Point] {
  const fromX = from.x + from.width / 2;
  const toX = to.x + to.width / 2;
  const lean = Math.max(-48, Math.min(48, (toX - fromX) / 4));
  const start = { x: fromX + lean, y: from.y + from.height };
  return [start, { x: toX - lean / 3, y: to.y }];
}

/** A curve that is vertical at both ends, as water would run. */
function flowing(start: Point, end: Point): string {
  if (Math.abs(start.x - end.x) < 0.5) return line([start, end]);
  const middle = round((start.y + end.y) / 2);
  return `M${round(start.x)} ${round(start.y)}C${round(start.x)} ${middle} ${round(end.x)} ${middle} ${round(end.x)} ${round(end.y)}`;
}

/** An arrow's head, pointing down (1) or up (−1). */
function head({ x, y }: Point, direction: number): Markup {
  const back = y - 7 * direction;
  return markup`<path class="head" d="${`${line([
    { x, y },
    { x: x - 3.5, y: back },
    { x: x + 3.5, y: back },
  ])}Z`}"/>`;
}
