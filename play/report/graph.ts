import type { MachineDefinition, ReportExecution } from './data.ts';
import { drawArrows, drawStart } from './graph/arrow.ts';
import { innerMachines } from './graph/edges.ts';
import { type PlacedMachine, placeMachine } from './graph/layout.ts';
import { drawState } from './graph/node.ts';
import { type PathTaken, pathTaken } from './graph/path.ts';
import { FONTS, graphStyle } from './graph/style.ts';
import { type Markup, markup, trusted } from './svg.ts';
import { themeVariables } from './theme.ts';

const MARGIN = 28;
const placed = new WeakMap<MachineDefinition, PlacedMachine>();

export interface DrawMachineOptions {
  /** What the picture is called for those who do not see it, and its heading. */
  readonly title: string;
}

/**
 * A machine as an SVG file of its own, without a path: for a README. It brings
 * its own ground, so it reads on a light page and on a dark one.
 */
export function drawMachine(definition: MachineDefinition, options: DrawMachineOptions): string {
  const machine = place(definition);
  const top = MARGIN + 24;
  const width = Math.ceil(machine.width + 2 * MARGIN);
  const height = Math.ceil(machine.height + top + MARGIN);
  const style = [
    themeVariables('svg.graph'),
    `svg.graph{--sans:${FONTS.sans};--mono:${FONTS.mono}}`,
    graphStyle,
    'svg.graph .ground{fill:var(--card);stroke:var(--line)}',
    'svg.graph .heading{font-weight:600;font-size:14px}',
  ].join('\n');
  const size = markup`viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const picture = markup`<svg xmlns="http://www.w3.org/2000/svg" class="graph" ${size} role="img">
      <title>${options.title}</title>
      <desc>${definition.Comment ?? ''}</desc>
      <style>${trusted(style)}</style>
      <rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>
      <text class="heading" x="${MARGIN}" y="${MARGIN + 4}">${options.title}</text>
      <g transform="translate(${MARGIN} ${top})">${drawPlaced(machine, undefined, true)}</g>
    </svg>`;
  return `${picture}\n`;
}

/** The machine with the path that `execution` took through it. */
export function drawExecution(definition: MachineDefinition, execution: ReportExecution): Markup {
  const machine = place(definition);
  const path = pathTaken(definition, execution.visits, execution.endedAtMs);
  const entered = path.states.size;
  const label = `State graph of ${execution.machine}: ${entered} of ${countStates(definition)} states were entered`;
  const [width, height] = [Math.ceil(machine.width + 8), Math.ceil(machine.height + 14)];
  const size = markup`viewBox="-2 -10 ${width} ${height}" width="${width}" height="${height}"`;
  // On a narrow screen it may shrink a little, then it scrolls: smaller text could not be read.
  const least = markup`style="min-width:${Math.round(width * 0.72)}px"`;
  return markup`<svg class="graph" ${size} ${least} role="img" aria-label="${label}">
      ${drawPlaced(machine, path, true)}
    </svg>`;
}

/** All states of a definition, with those inside its Maps and Parallels. */
export function countStates(definition: MachineDefinition): number {
  const counts = Object.values(definition.States).map((state) =>
    innerMachines(state).reduce((sum, inner) => sum + countStates(inner), 1),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function drawPlaced(machine: PlacedMachine, path: PathTaken | undefined, isOuter: boolean): Markup {
  const states = [...machine.states.values()].map((state) => {
    const inner = state.inner.map(
      (one) =>
        markup`<g transform="translate(${one.x} ${one.y})">${drawPlaced(one.machine, path, false)}</g>`,
    );
    return drawState(state, path === undefined ? 'unknown' : path.states.get(state.name), markup`${inner}`);
  });
  const started = path?.states.has(machine.startAt) ?? false;
  return markup`${isOuter && drawStart(machine, started)}${drawArrows(machine, path)}${states}`;
}

/** Layout is the slow part, and every release draws the same machines. */
function place(definition: MachineDefinition): PlacedMachine {
  const before = placed.get(definition);
  if (before !== undefined) return before;
  const machine = placeMachine(definition);
  placed.set(definition, machine);
  return machine;
}
