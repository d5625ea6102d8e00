import type { ReportTraffic } from '../data.ts';
import { textWidth } from '../format.ts';
import type { GlyphName } from '../glyphs.ts';
import { glyph } from '../glyphs.ts';
import type { Scale } from '../scale.ts';
import { type Markup, markup } from '../svg.ts';

interface Flag {
  readonly atMs: number;
  readonly text: string;
  readonly tone: 'bad' | 'quiet';
  readonly glyph: GlyphName | undefined;
  readonly title: string;
}

export interface Ring {
  readonly fromMs: number;
  readonly toMs: number;
  readonly name: string;
}

const ROW = 17;
const MOST_ROWS = 7;

/** From each alarm's ring until it was quiet again, or until the end. */
export function ringsOf(traffic: ReportTraffic, endedAtMs: number): Ring[] {
  return traffic.alarms
    .filter(({ to }) => to === 'ALARM')
    .map(({ atMs, name }) => {
      const quiet = traffic.alarms.find((one) => one.name === name && one.atMs > atMs && one.to !== 'ALARM');
      return { fromMs: atMs, toMs: quiet?.atMs ?? endedAtMs, name };
    });
}

/** What happened, as flags in rows above the plot: none lies on another. Returns the height that they take. */
export function placeFlags(
  traffic: ReportTraffic,
  x: Scale,
  right: number,
): { height: number; draw: (bottom: number) => Markup } {
  const flags = flagsOf(traffic);
  const rows: number[] = [];
  const placed = flags.map((flag) => {
    const at = x(flag.atMs);
    const width = textWidth(flag.text, 11) + (flag.glyph === undefined ? 8 : 22);
    const isFlipped = at + width > right;
    const [from, to] = isFlipped ? [at - width, at] : [at, at + width];
    // Below every row that is still in use here, because a flag's pole passes all rows under it.
    const row = rows.findLastIndex((end) => end + 6 > from) + 1;
    rows[row] = to;
    return { ...flag, at, row, isFlipped };
  });
  const height = Math.min(rows.length, MOST_ROWS) * ROW + 6;
  return {
    height,
    draw: (bottom) =>
      markup`${placed.map(({ at, row, isFlipped, tone, text, title, glyph: name }) => {
        const y = row * ROW + 12;
        const isShown = row < MOST_ROWS;
        const side = isFlipped ? -1 : 1;
        const textX = at + side * (name === undefined ? 5 : 19);
        return markup`<g class="flag ${tone}"><title>${title}</title>
            <path class="pole" d="M${at} ${isShown ? y - 10 : height}V${bottom}"/>
            ${
              isShown &&
              markup`${name !== undefined && glyph(name, isFlipped ? at - 16 : at + 4, y - 10)}
              <text x="${textX}" y="${y}" text-anchor="${isFlipped ? 'end' : 'start'}">${text}</text>`
            }</g>`;
      })}`,
  };
}

function flagsOf(traffic: ReportTraffic): Flag[] {
  const marks = traffic.marks.map(({ atMs, text }) => ({
    atMs,
    text,
    tone: 'quiet' as const,
    glyph: undefined,
    title: text,
  }));
  const rings = traffic.alarms
    .filter(({ to }) => to === 'ALARM')
    .map(({ atMs, name, reason }) => ({
      atMs,
      text: 'alarm rings',
      tone: 'bad' as const,
      glyph: 'bell' as const,
      title: `${name}\n${reason}`,
    }));
  return [...marks, ...rings].sort((one, other) => one.atMs - other.atMs);
}
