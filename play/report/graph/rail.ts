import { line, type Markup, markup, type Point, round } from '../svg.ts';
import { arrowKey } from './edges.ts';
import type { PlacedMachine } from './layout.ts';
import type { PathTaken } from './path.ts';
import { dockY, type PlacedRail } from './rails.ts';

/**
 * Ways that skip ranks, go back or follow an error. Errors are faint, so that
 * the story reads, until one of them was followed.
 */
export function drawRails(machine: PlacedMachine, path: PathTaken | undefined): Markup {
  const ways = machine.rails.flatMap((rail) =>
    rail.arrows.map((arrow) => ({ rail, arrow, isTaken: path?.arrows.has(arrowKey(arrow)) ?? false })),
  );
  ways.sort((one, other) => Number(one.isTaken) - Number(other.isTaken));
  return markup`${ways.map(({ rail, arrow, isTaken }) => {
    const from = machine.states.get(arrow.from);
    const to = machine.states.get(arrow.to);
    if (from === undefined || to === undefined) return '';
    const isRight = rail.side === 'right';
    const start = { x: isRight ? from.x + from.width : from.x, y: dockY(from) };
    const end = { x: isRight ? to.x + to.width : to.x, y: dockY(to) };
    const look = isTaken ? 'taken' : path === undefined && arrow.kind === 'next' ? 'plain' : 'missed';
    return markup`<g class="arrow ${arrow.kind} ${look}"><title>
          ${`${arrow.from} → ${arrow.to}\n${arrow.title}`}</title>
        <path class="wire" d="${around(start, rail, end)}"/>${sideHead(end, isRight ? 1 : -1)}
        ${arrow.label !== '' && label(arrow.label, rail, start)}</g>`;
  })}`;
}

function label(text: string, { side }: PlacedRail, { x, y }: Point): Markup {
  const [textX, anchor] = side === 'right' ? [x + 6, 'start'] : [x - 6, 'end'];
  return markup`<text class="condition" x="${textX}" y="${y - 4}" text-anchor="${anchor}" font-size="10">${text}</text>`;
}

function around(start: Point, { x, side }: PlacedRail, end: Point): string {
  const out = side === 'right' ? 1 : -1;
  const down = end.y >= start.y ? 1 : -1;
  const bend = Math.min(8, Math.abs(end.y - start.y) / 2);
  return [
    `M${round(start.x)} ${round(start.y)}H${round(x - out * bend)}`,
    `Q${round(x)} ${round(start.y)} ${round(x)} ${round(start.y + down * bend)}`,
    `V${round(end.y - down * bend)}`,
    `Q${round(x)} ${round(end.y)} ${round(x - out * bend)} ${round(end.y)}H${round(end.x + out * 5)}`,
  ].join('');
}

function sideHead({ x, y }: Point, out: number): Markup {
  const back = x + out * 7;
  return markup`<path class="head" d="${`${line([
    { x, y },
    { x: back, y: y - 3.5 },
    { x: back, y: y + 3.5 },
  ])}Z`}"/>`;
}
