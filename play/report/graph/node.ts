import type { StateDefinition } from '../data.ts';
import { duration, plural, shortened, textWidth } from '../format.ts';
import { type GlyphName, glyph } from '../glyphs.ts';
import { type Markup, markup } from '../svg.ts';
import { LABEL_SIZE, LINE_HEIGHT, type PlacedState } from './layout.ts';
import type { StateTaken } from './path.ts';
import { serviceOf } from './service.ts';

const TYPE_GLYPHS: Readonly<Record<string, GlyphName>> = {
  Choice: 'question',
  Wait: 'wait',
  Succeed: 'check',
  Fail: 'cross',
  Map: 'many',
  Parallel: 'branches',
  Pass: 'pass',
};

const STATUS_GLYPHS: Readonly<Record<StateTaken['status'], GlyphName | undefined>> = {
  succeeded: undefined,
  caught: 'bolt',
  failed: 'cross',
  running: 'dots',
};

/** One state. `taken` is undefined when it was not entered, `'unknown'` where the drawing tells of no execution. */
export function drawState(
  state: PlacedState,
  taken: StateTaken | undefined | 'unknown',
  inner: Markup,
): Markup {
  const { name, definition, x, y, width, lines } = state;
  const known = taken === 'unknown' ? undefined : taken;
  const glyphName = TYPE_GLYPHS[definition.Type] ?? serviceOf(definition).glyph;
  const sub = taken === undefined ? '' : subline(definition, known);
  const contentHeight = lines.length * LINE_HEIGHT + (sub === '' ? 0 : 11);
  const boxHeight = state.inner.length > 0 ? contentHeight + 12 : state.height;
  const firstLine = (boxHeight - contentHeight) / 2 + 11;
  const label = lines.map((text, index) => {
    const lineY = firstLine + index * LINE_HEIGHT;
    return markup`<text class="label" x="30" y="${lineY}" font-size="${LABEL_SIZE}">${text}</text>`;
  });
  const subY = firstLine + lines.length * LINE_HEIGHT - 2;
  const look = `${stateClass(taken)} is-${definition.Type.toLowerCase()}`;
  return markup`<g class="state ${look}" data-state="${name}" transform="translate(${x} ${y})">
      <title>${tooltip(name, definition, taken)}</title>
      ${shape(state)}
      ${glyph(glyphName, 11, firstLine - 10)}
      ${label}
      ${sub !== '' && markup`<text class="sub" x="30" y="${subY}" font-size="10">${sub}</text>`}
      ${known !== undefined && known.count > 1 && badge(width, `×${known.count}`)}
      ${known !== undefined && statusMark(known, width)}
      ${inner}
    </g>`;
}

function shape({ definition, width, height }: PlacedState): Markup {
  if (definition.Type === 'Choice') {
    const middle = height / 2;
    const d = `M9 0H${width - 9}L${width} ${middle}L${width - 9} ${height}H9L0 ${middle}Z`;
    return markup`<path class="box" d="${d}"/>`;
  }
  const radius = definition.Type === 'Succeed' || definition.Type === 'Fail' ? height / 2 : 7;
  return markup`<rect class="box" width="${width}" height="${height}" rx="${radius}"/>`;
}

function stateClass(taken: StateTaken | undefined | 'unknown'): string {
  if (taken === 'unknown') return 'plain';
  return taken === undefined ? 'missed' : `visited ${taken.status}`;
}

function subline(definition: StateDefinition, taken: StateTaken | undefined): string {
  const service = shortened(serviceOf(definition).text, 23);
  if (taken === undefined || (taken.totalMs < 1 && taken.retries === 0)) return service;
  const retries = taken.retries > 0 ? ` · ${plural(taken.retries, 'retry', 'retries')}` : '';
  return `${duration(taken.totalMs)}${retries}`;
}

/** How often it was entered, on its upper right corner. */
function badge(width: number, text: string): Markup {
  const size = textWidth(text, 10) + 10;
  return markup`<g class="badge"><rect x="${width - size + 4}" y="-8" width="${size}" height="16" rx="8"/>
      <text x="${width - size / 2 + 4}" y="3.5" text-anchor="middle" font-size="10">${text}</text></g>`;
}

/** On the upper right corner too, or left of the count. */
function statusMark(taken: StateTaken, width: number): Markup | undefined {
  const name = STATUS_GLYPHS[taken.status];
  if (name === undefined) return undefined;
  const x = taken.count > 1 ? width - 34 : width - 4;
  return markup`<g class="status"><circle cx="${x}" cy="0" r="9"/>${glyph(name, x - 6, -6, 'mark')}</g>`;
}

function tooltip(
  name: string,
  definition: StateDefinition,
  taken: StateTaken | undefined | 'unknown',
): string {
  const lines = [
    name,
    [definition.Type, serviceOf(definition).text].filter((text) => text !== '').join(' · '),
  ];
  if (definition.Comment !== undefined) lines.push(definition.Comment);
  if (taken === undefined) lines.push('Not entered.');
  else if (taken !== 'unknown') {
    lines.push(
      `Entered ${plural(taken.count, 'time')}, ${duration(taken.totalMs)} in all, ${taken.status}.`,
      ...taken.errors,
    );
  }
  return lines.join('\n');
}
