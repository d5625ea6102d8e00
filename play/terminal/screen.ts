import { columnsOf } from './width.ts';

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const ERASE_BELOW = '\u001b[J';
const ERASE_LINE = '\u001b[K';

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Read at every drawing: the window may change. */
  readonly columns?: number;
  readonly rows?: number;
}

/** The last lines of a terminal, drawn again in place; what is written `above` scrolls away as usual. */
export class Screen {
  readonly #output: Output;
  #drawn: readonly string[] = [];
  #isCursorHidden = false;

  constructor(output: Output) {
    this.#output = output;
  }

  get columns(): number {
    return Math.max(20, this.#output.columns || 80);
  }

  /** Lines that fit without scrolling; one stays free for the cursor. A terminal that does not know its size says 0. */
  get rows(): number {
    return Math.max(6, (this.#output.rows || 24) - 1);
  }

  /** One write for each drawing, so that nothing flickers; none when nothing changed. */
  draw(lines: readonly string[], above: readonly string[] = []): void {
    if (
      above.length === 0 &&
      lines.length === this.#drawn.length &&
      lines.every((line, at) => line === this.#drawn[at])
    )
      return;
    const hide = this.#isCursorHidden ? '' : HIDE_CURSOR;
    // Line over line: a terminal that erases its whole screen at once keeps what was there in its history.
    const text = [...above, ...lines].map((line) => `${line}${ERASE_LINE}\n`).join('');
    this.#output.write(`${hide}${this.#back()}${text}${ERASE_BELOW}`);
    this.#isCursorHidden = true;
    this.#drawn = lines;
  }

  /** Leaves what is drawn and gives the cursor back. */
  close(): void {
    if (this.#isCursorHidden) this.#output.write(SHOW_CURSOR);
    this.#isCursorHidden = false;
    this.#drawn = [];
  }

  /** To the first drawn line. After the window became narrower, the terminal has broken longer lines in two. */
  #back(): string {
    const rows = this.#drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / this.columns)),
      0,
    );
    return rows === 0 ? '\r' : `\r\u001b[${rows}A`;
  }
}
