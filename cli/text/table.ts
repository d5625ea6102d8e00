import { columnsOf, padded, plainText } from '../../play/terminal/width.ts';

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers, by their place. */
  readonly right?: readonly number[];
}

export interface Style {
  /** For the head. */
  readonly quiet: (text: string) => string;
  /** Colours a cell that is padded already. */
  readonly cell?: (text: string, column: number, row: readonly string[]) => string;
}

/** Aligned columns, two spaces apart, two spaces in. Names come from outside, so no cell can move the cursor. */
export function table({ head, rows, right = [] }: Table, { quiet, cell = (text) => text }: Style): string[] {
  const plain = rows.map((row) => row.map(plainText));
  const widths = head.map((name, column) =>
    Math.max(columnsOf(name), ...plain.map((row) => columnsOf(row[column] ?? ''))),
  );
  const line = (row: readonly string[], paint: (text: string, column: number) => string): string =>
    `  ${widths
      .map((width, column) => {
        const isRight = right.includes(column);
        const isLast = column === widths.length - 1;
        const text = row[column] ?? '';
        return paint(isLast && !isRight ? text : padded(text, width, isRight ? 'left' : 'right'), column);
      })
      .join('  ')}`.trimEnd();
  return [line(head, quiet), ...plain.map((row) => line(row, (text, column) => cell(text, column, row)))];
}
