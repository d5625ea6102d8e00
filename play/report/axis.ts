import { clock, clockMinutes } from './format.ts';
import { type Scale, timeTicks } from './scale.ts';
import { type Markup, markup } from './svg.ts';

/** The frame of a plot: inner edges in pixels of the drawing. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The world's clock along the bottom, with a faint line up at each tick. */
export function timeAxis(frame: Frame, x: Scale, fromMs: number, toMs: number): Markup {
  const { atMs, stepMs } = timeTicks(fromMs, toMs, Math.max(2, (frame.right - frame.left) / 110));
  const text = stepMs < 60_000 ? clock : clockMinutes;
  return markup`<g class="axis">
      ${atMs.map(
        (at) => markup`<path class="grid" d="M${x(at)} ${frame.top}V${frame.bottom}"/>
        <text x="${x(at)}" y="${frame.bottom + 16}" text-anchor="middle">${text(at)}</text>`,
      )}
      <path class="base" d="M${frame.left} ${frame.bottom}H${frame.right}"/></g>`;
}

/** Values up the left side, with a faint line across at each tick. */
export function valueAxis(
  frame: Frame,
  y: Scale,
  values: readonly number[],
  text: (value: number) => string,
): Markup {
  return markup`<g class="axis">
      ${values.map(
        (value) => markup`<path class="grid" d="M${frame.left} ${y(value)}H${frame.right}"/>
        <text x="${frame.left - 7}" y="${y(value) + 3.5}" text-anchor="end">${text(value)}</text>`,
      )}</g>`;
}

/** Values along the bottom. */
export function valueAxisBelow(
  frame: Frame,
  x: Scale,
  values: readonly number[],
  text: (value: number) => string,
): Markup {
  return markup`<g class="axis">
      ${values.map(
        (value) => markup`<path class="grid" d="M${x(value)} ${frame.top}V${frame.bottom}"/>
        <text x="${x(value)}" y="${frame.bottom + 16}" text-anchor="middle">${text(value)}</text>`,
      )}</g>`;
}

/** `0.2`, `12`: a tick's number without needless zeros. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−');
}
