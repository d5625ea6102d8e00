import { type Frame, plain, valueAxis } from '../axis.ts';
import { clock } from '../format.ts';
import { linear, type Scale, ticks } from '../scale.ts';
import { type Markup, markup, round } from '../svg.ts';
import type { Band, Column } from './columns.ts';

/** `A`, `B`, …: bands are told apart by letters as well as by colours. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + (index % 26));
}

/** Requests stacked by fleet above the line, failed ones hanging below it; copies are empty boxes on top. */
export function ratesPlot(
  columns: readonly Column[],
  bands: readonly Band[],
  x: Scale,
  frame: Frame,
): Markup {
  const total = (column: Column, pick: 'requests' | 'errors', of: readonly Band[]) =>
    of.reduce((sum, { key }) => sum + (column.fleets.get(key)?.[pick] ?? 0), 0);
  // What a copy came to failed for nobody.
  const answered = bands.filter(({ isShadow }) => !isShadow);
  const most = Math.max(1, ...columns.map((column) => total(column, 'requests', bands)));
  const mostErrors = Math.max(0, ...columns.map((column) => total(column, 'errors', answered)));
  const marks = ticks(0, most, 4);
  const y = linear(
    mostErrors > 0 ? -Math.max(mostErrors, most / 6) : 0,
    marks.at(-1) ?? most,
    frame.bottom,
    frame.top,
  );
  const errors = columns.map((column) => rectangle(x, column, y(0), y(-total(column, 'errors', answered))));
  return markup`${valueAxis(frame, y, marks, plain)}
    ${bands.map((_, index) => stack(columns, bands, index, x, y))}
    <path class="errors" d="${errors.join('')}"/>
    <path class="base strong" d="M${frame.left} ${y(0)}H${frame.right}"/>
    ${
      mostErrors > 0 &&
      markup`
      <text class="axis-name bad" x="${frame.left - 7}" y="${frame.bottom - 2}" text-anchor="end">failed
      </text>`
    }`;
}

/** Invisible strips over all plots: what a column says when pointed at. */
export function readings(columns: readonly Column[], bands: readonly Band[], x: Scale, frame: Frame): Markup {
  return markup`${columns.map((column) => {
    const lines = bands.flatMap(({ key, isShadow }, index) => {
      const rate = column.fleets.get(key);
      if (rate === undefined || rate.requests === 0) return [];
      const failed = rate.errors > 0 ? `, ${plain(round(rate.errors))} failed` : '';
      return [
        `${letterOf(index)}: ${plain(round(rate.requests))}/s${isShadow ? ' copies' : ''}${failed}, p99 ${Math.round(rate.p99Ms)} ms`,
      ];
    });
    const from = x(column.fromMs);
    return markup`
      <rect class="reading" x="${from}" y="${frame.top}" width="${Math.max(0.5, x(column.toMs) - from)}" height="${frame.bottom - frame.top}">
        <title>${[clock(column.fromMs), ...(lines.length > 0 ? lines : ['no requests'])].join('\n')}</title>
      </rect>`;
  })}`;
}

/** Copies are told apart by what they lack: a filling. */
export const bandClass = ({ isShadow, tone }: Band): string =>
  `fleet fleet-${tone % 6}${isShadow ? ' copies' : ''}`;

function stack(columns: readonly Column[], all: readonly Band[], index: number, x: Scale, y: Scale): Markup {
  const below = all.slice(0, index);
  const band = all[index]!;
  const bands = columns.map((column) => {
    const from = below.reduce((sum, one) => sum + (column.fleets.get(one.key)?.requests ?? 0), 0);
    return { column, from, to: from + (column.fleets.get(band.key)?.requests ?? 0) };
  });
  const d = bands.map(({ column, from, to }) => rectangle(x, column, y(from), y(to))).join('');
  return markup`<g class="${bandClass(band)}"><path d="${d}"/>${letters(bands, index, x, y)}</g>`;
}

/** The fleet's letter in the middle of each run of columns in which it answers enough to hold it. */
function letters(
  bands: readonly { column: Column; from: number; to: number }[],
  index: number,
  x: Scale,
  y: Scale,
): Markup {
  const runs: (typeof bands)[number][][] = [[]];
  for (const band of bands) {
    if (y(band.from) - y(band.to) >= 13) runs.at(-1)?.push(band);
    else if ((runs.at(-1)?.length ?? 0) > 0) runs.push([]);
  }
  return markup`${runs.map((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined || x(last.column.toMs) - x(first.column.fromMs) < 14)
      return '';
    const middle = run[Math.floor(run.length / 2)] ?? first;
    const at = (x(first.column.fromMs) + x(last.column.toMs)) / 2;
    return markup`
      <text class="letter" x="${at}" y="${(y(middle.from) + y(middle.to)) / 2 + 4}" text-anchor="middle">
        ${letterOf(index)}</text>`;
  })}`;
}

function rectangle(x: Scale, { fromMs, toMs }: Column, from: number, to: number): string {
  if (Math.abs(from - to) < 0.01) return '';
  return `M${round(x(fromMs))} ${round(from)}V${round(to)}H${round(x(toMs))}V${round(from)}Z`;
}
