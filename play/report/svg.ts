/**
 * Text that is safe to put into HTML or SVG as it is. Everything the report
 * draws is made with `markup`, which escapes whatever is not Markup already, so
 * a job name or a failure reason cannot become a tag.
 */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Piece = Markup | string | number | false | undefined | readonly Piece[];

const literalsOf = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * A template of HTML or SVG. Lists are joined, `undefined` and `false` leave
 * nothing, numbers keep two decimals. A line break in the template, with the
 * indent after it, is for the reader of the code: it leaves nothing either.
 */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const literals = withoutIndents(strings);
  let text = literals[0] ?? '';
  for (const [index, piece] of pieces.entries()) text += rendered(piece) + (literals[index + 1] ?? '');
  return new Markup(text);
}

/** Text that this code wrote itself, such as a style sheet: taken as it is. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

export function escaped(text: string): string {
  return withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Path data through the points; a point that is nowhere is left out. */
export function line(points: readonly Point[]): string {
  const somewhere = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return somewhere.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** Two decimals: a hundredth of a pixel is below what anyone sees. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The same template always brings the same list of strings, so each is worked on once. */
function withoutIndents(strings: TemplateStringsArray): readonly string[] {
  const before = literalsOf.get(strings);
  if (before !== undefined) return before;
  const literals = strings.map((text) => text.replace(/\n\s*/g, ''));
  literalsOf.set(strings, literals);
  return literals;
}

function rendered(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (typeof piece === 'string') return escaped(piece);
  // A number that is none leaves the attribute empty: a flaw in one mark must not cost the whole report.
  if (typeof piece === 'number') return Number.isFinite(piece) ? String(round(piece)) : '';
  if (piece instanceof Markup) return piece.toString();
  return piece.map(rendered).join('');
}

/** XML allows no control characters but tab and line ends; terminals' escapes arrive in failure reasons. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}
