import { type Markup, markup } from './svg.ts';

/** Line drawings on a grid of 12 by 12, so that no meaning needs a colour or a font. */
const PATHS = {
  check: 'M2 6.5 4.8 9.3 10 3',
  cross: 'M3 3 9 9M9 3 3 9',
  back: 'M4.5 2 2 4.5 4.5 7M2 4.5h5a2.75 2.75 0 0 1 0 5.5H4',
  barred: 'M2 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0M3.2 3.2 8.8 8.8',
  skip: 'M2 3 6 6 2 9M6.5 3 10.5 6 6.5 9',
  dots: 'M2.5 6h.01M6 6h.01M9.5 6h.01',
  bolt: 'M7 1 3 7h3L5 11 9 5H6Z',
  bell: 'M3 8.5V5.5a3 3 0 0 1 6 0V8.5M2 8.5h8M5.3 10.5h1.4',
  question: 'M6 1.5 10.5 6 6 10.5 1.5 6Z',
  wait: 'M1.5 6a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M6 3.5V6l1.8 1.2',
  call: 'M2 6h7M6.5 3.5 9 6 6.5 8.5',
  function: 'M3 2c2 0 2 1 3 4l2 4.5M5.7 5.5 3 10.5',
  machine: 'M4 1.5h4v2.5H4zM4 8h4v2.5H4zM6 4v4',
  table: 'M2 3c0-2 8-2 8 0v6c0 2-8 2-8 0ZM2 3c0 2 8 2 8 0M2 6c0 2 8 2 8 0',
  job: 'M2 2h8v8H2zM5 4.5 7.5 6 5 7.5Z',
  many: 'M2 4h6v6H2zM4 2h6v6',
  branches: 'M6 1.5v3M2.5 10.5V7a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3.5M6 5v5.5',
  pass: 'M2 6h8',
} as const;

export type GlyphName = keyof typeof PATHS;

/** The drawing alone, for use inside an SVG, its upper left corner at (x, y). */
export function glyph(name: GlyphName, x: number, y: number, className = ''): Markup {
  return markup`<path class="glyph ${className}" transform="translate(${x} ${y})" d="${PATHS[name]}"/>`;
}

/** The drawing as an element of a line of text. */
export function icon(name: GlyphName): Markup {
  return markup`<svg class="icon" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path class="glyph" d="${PATHS[name]}"/></svg>`;
}
