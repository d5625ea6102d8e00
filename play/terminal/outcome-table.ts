import type { ReportRelease } from '../report/data.ts';
import { shortened } from '../report/format.ts';
import { outcomeLook } from '../report/outcome.ts';
import { type Paint, paint, type Tone } from './paint.ts';
import { took } from './took.ts';
import { broken, columnsOf, cut, padded, plainText } from './width.ts';

export type TableRelease = Pick<
  ReportRelease,
  'id' | 'trigger' | 'outcome' | 'reasons' | 'transitions' | 'startedAtMs' | 'endedAtMs'
>;

export interface TableOptions {
  /** Width that the whole table may take; 100 unless told. */
  readonly columns?: number;
  /** No colours unless told. */
  readonly colour?: boolean;
}

const HEAD = ['release', 'trigger', 'outcome', 'took', 'transitions'];
const RIGHT = new Set([3, 4]);
const GAP = '   ';
const LEAST_ID = 12;

/** All releases in a box, for the end of a run; each release's reasons stand under it. */
export function outcomeTable(releases: readonly TableRelease[], options: TableOptions = {}): string {
  const { columns = 100, colour = false } = options;
  const rows = releases.map(rowOf);
  const widths = columnWidths(rows, columns);
  const inside = widths.reduce((sum, width) => sum + width, (widths.length - 1) * GAP.length);
  const paints = paint(colour);
  const framed = (line: string) => `${paints.quiet('│')} ${padded(line, inside)} ${paints.quiet('│')}`;
  const rule = (left: string, right: string) => paints.quiet(`${left}${'─'.repeat(inside + 2)}${right}`);
  return [
    rule('┌', '┐'),
    framed(paints.strong(rowLine(HEAD, widths))),
    rule('├', '┤'),
    ...rows.flatMap((row) => releaseLines(row, widths, inside, paints)).map(framed),
    rule('└', '┘'),
  ].join('\n');
}

interface Row {
  readonly cells: readonly string[];
  readonly tone: Tone;
  readonly reasons: readonly string[];
}

function rowOf(release: TableRelease): Row {
  const look = outcomeLook(release.outcome);
  const cells = [
    release.id,
    release.trigger.kind,
    `${look.mark} ${look.word}`,
    took(release.endedAtMs - release.startedAtMs),
    String(release.transitions),
  ];
  return { cells: cells.map(plainText), tone: look.tone, reasons: release.reasons.map(plainText) };
}

/** Each column as wide as its longest cell; where that is too much, ids lose their middle. */
function columnWidths(rows: readonly Row[], columns: number): number[] {
  const widths = HEAD.map((head, at) =>
    Math.max(columnsOf(head), ...rows.map(({ cells }) => columnsOf(cells[at] ?? ''))),
  );
  const over = widths.reduce((sum, width) => sum + width, (widths.length - 1) * GAP.length + 4) - columns;
  if (over > 0) widths[0] = Math.max(LEAST_ID, (widths[0] ?? 0) - over);
  return widths;
}

function releaseLines(
  { cells, tone, reasons }: Row,
  widths: readonly number[],
  inside: number,
  paints: Paint,
): string[] {
  const why = reasons.flatMap((reason) =>
    broken(reason, inside - 4).map((line, at) => paints.quiet(`  ${at === 0 ? '›' : ' '} ${line}`)),
  );
  return [rowLine(cells, widths, (text) => paints[tone](text)), ...why];
}

function rowLine(
  cells: readonly string[],
  widths: readonly number[],
  outcome = (text: string) => text,
): string {
  return cells
    .map((cell, at) => {
      const width = widths[at] ?? 0;
      const text = padded(
        cut(at === 0 ? shortened(cell, width) : cell, width),
        width,
        RIGHT.has(at) ? 'left' : 'right',
      );
      return at === 2 ? outcome(text) : text;
    })
    .join(GAP);
}
