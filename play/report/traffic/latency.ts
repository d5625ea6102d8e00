import { type Frame, plain, valueAxis } from '../axis.ts';
import { linear, type Scale, ticks } from '../scale.ts';
import { type Markup, markup, round } from '../svg.ts';
import type { Band, Column } from './columns.ts';

/** The slowest hundredth of answers, a line for each band. */
export function latencyPlot(
  columns: readonly Column[],
  bands: readonly Band[],
  x: Scale,
  frame: Frame,
): Markup {
  const values = columns.flatMap((column) =>
    [...column.fleets.values()].filter(answered).map(({ p99Ms }) => p99Ms),
  );
  const marks = ticks(0, Math.max(1, ...values.filter(Number.isFinite)), 3);
  const y = linear(0, marks.at(-1) ?? 1, frame.bottom, frame.top);
  return markup`<text class="axis-name" x="${frame.left}" y="${frame.top - 8}">p99 latency, ms</text>
    ${valueAxis(frame, y, marks, plain)}
    ${bands.map(
      ({ key, tone }) => markup`
      <path class="latency fleet-line-${tone % 6}" d="${track(columns, key, x, y)}"/>`,
    )}`;
}

/** Through the middle of each column in which the fleet answered; it breaks where it did not. */
function track(columns: readonly Column[], fleet: string, x: Scale, y: Scale): string {
  let d = '';
  let isOpen = false;
  for (const column of columns) {
    const rate = column.fleets.get(fleet);
    if (rate === undefined || !answered(rate)) {
      isOpen = false;
      continue;
    }
    d += `${isOpen ? 'L' : 'M'}${round(x((column.fromMs + column.toMs) / 2))} ${round(y(rate.p99Ms))}`;
    isOpen = true;
  }
  return d;
}

function answered({ requests, p99Ms }: { readonly requests: number; readonly p99Ms: number }): boolean {
  return requests > 0 && Number.isFinite(p99Ms);
}
