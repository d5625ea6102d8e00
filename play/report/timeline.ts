import { type Frame, timeAxis } from './axis.ts';
import { chart, figure, numbers } from './chart.ts';
import type { ReportRelease } from './data.ts';
import { clock, duration, shortened, textWidth } from './format.ts';
import { glyph } from './glyphs.ts';
import { linear, type Scale } from './scale.ts';
import { type Markup, markup } from './svg.ts';
import { type Bar, type Lane, lanesOf } from './timeline/lanes.ts';

const WIDTH = 1080;
const LEFT = 138;
const RIGHT = WIDTH - 14;
const ROW = 24;
const BAR = 18;
const LANE_GAP = 10;
const CAPTION = 15;

/** What ran when: states by machine, and the jobs, endpoint changes and alarms beside them. */
export function timelineChart(release: ReportRelease): Markup {
  const lanes = lanesOf(release);
  const bars = lanes.flatMap(({ rows }) => rows.flat());
  const toMs = Math.max(release.endedAtMs, ...bars.map((bar) => bar.toMs));
  const heights = lanes.map((lane) => lane.rows.length * ROW + LANE_GAP + (lane.hasCaptions ? CAPTION : 0));
  const bottom = 8 + heights.reduce((sum, height) => sum + height, 0);
  const frame: Frame = { left: LEFT, right: RIGHT, top: 4, bottom };
  const x = linear(release.startedAtMs, toMs, LEFT, RIGHT);
  let top = 8;
  const drawn = lanes.map((lane, index) => {
    const drawing = drawLane(lane, x, top);
    top += heights[index] ?? 0;
    return drawing;
  });
  const took = duration(release.endedAtMs - release.startedAtMs);
  const caption = `From ${clock(release.startedAtMs)} to ${clock(release.endedAtMs)} UTC by the world’s clock, ${took} in all.`;
  const content = markup`${timeAxis(frame, x, release.startedAtMs, toMs)}${drawn}`;
  return figure(
    { title: 'Timeline', caption },
    chart(WIDTH, bottom + 26, `Timeline. ${caption}`, content),
    visitNumbers(release),
  );
}

function drawLane(lane: Lane, x: Scale, top: number): Markup {
  const isMachine = lane.kind === 'machine';
  return markup`<g class="lane ${lane.kind}"><text class="lane-name" x="0" y="${top + 13}">
        ${shortened(lane.name, 20)}${lane.detail !== '' && markup`<title>${lane.detail}</title>`}</text>
      ${lane.rows.map((row, index) => {
        const y = top + index * ROW;
        const gaps = isMachine ? [] : row.map((bar, at) => drawGap(bar, row[at + 1], x, y));
        const captions =
          lane.hasCaptions && index === lane.rows.length - 1 && row.map((bar) => drawCaption(bar, x, y));
        return markup`${gaps}${row.map((bar, at) => drawBar(bar, row[at + 1], x, y))}${captions}`;
      })}</g>`;
}

/** What ended the bar, under its end: between two bars there is seldom room. */
function drawCaption(bar: Bar, x: Scale, y: number): Markup | undefined {
  if (bar.note === undefined) return undefined;
  const half = textWidth(bar.note, 11) / 2;
  const at = Math.min(Math.max(x(bar.toMs), LEFT + half), RIGHT - half);
  return markup`<text class="note" x="${at}" y="${y + BAR + 16}" text-anchor="middle">${bar.note}</text>`;
}

/** Between two spans of one job: it waits, for instance for another Spot instance. */
function drawGap(bar: Bar, next: Bar | undefined, x: Scale, y: number): Markup | undefined {
  if (next === undefined || bar.look !== 'training') return undefined;
  return markup`<path class="gap" d="M${x(bar.toMs)} ${y + BAR / 2}H${x(next.fromMs)}"/>`;
}

function drawBar(bar: Bar, next: Bar | undefined, x: Scale, y: number): Markup {
  const from = x(bar.fromMs);
  const width = Math.max(1.5, x(bar.toMs) - from - 1);
  const end = from + width;
  const isNoted = bar.note !== undefined && (bar.look === 'training' || bar.look === 'alarm');
  const free = (next === undefined ? RIGHT : x(next.fromMs)) - end;
  const text = placedText(bar, width, free - (isNoted ? 18 : 0));
  const textX = text?.isInside === true ? from + 7 : end + (isNoted ? 20 : 6);
  return markup`<g class="bar ${bar.look}"><title>${title(bar)}</title>
      <rect x="${from}" y="${y}" width="${width}" height="${BAR}" rx="${Math.min(3, width / 2)}"/>
      ${
        isNoted &&
        markup`<g class="note-mark"><circle cx="${end + 1}" cy="${y + BAR / 2}" r="9"/>
          ${glyph(bar.look === 'alarm' ? 'bell' : 'bolt', end - 5, y + BAR / 2 - 6)}</g>`
      }
      ${
        text !== undefined &&
        markup`
        <text class="${text.isInside ? 'inside' : 'beside'}" x="${textX}" y="${y + 13}">${text.text}</text>`
      }
    </g>`;
}

/** The label inside its bar, or beside it where there is room, or not at all: then the tooltip tells it. */
function placedText(bar: Bar, width: number, free: number): { text: string; isInside: boolean } | undefined {
  const whole =
    bar.note === undefined || bar.look === 'caught' || bar.look === 'training'
      ? bar.label
      : `${bar.label} · ${bar.note}`;
  if (textWidth(whole, 11) + 12 <= width) return { text: whole, isInside: true };
  const isSpan = bar.look !== 'state';
  if (isSpan && textWidth(whole, 11) + 10 <= free) return { text: whole, isInside: false };
  if (textWidth(bar.label, 11) + 12 <= width) return { text: bar.label, isInside: true };
  if (isSpan && bar.note !== undefined && textWidth(bar.note, 11) + 10 <= free)
    return { text: bar.note, isInside: false };
  if (isSpan && textWidth(bar.label, 11) + 10 <= free) return { text: bar.label, isInside: false };
  const letters = Math.floor((width - 12) / 6.6);
  return letters >= 7 ? { text: `${bar.label.slice(0, letters - 1).trimEnd()}…`, isInside: true } : undefined;
}

function title(bar: Bar): string {
  const when = `${clock(bar.fromMs)} – ${clock(bar.toMs)}, ${duration(bar.toMs - bar.fromMs)}`;
  return [bar.title, when, ...(bar.note === undefined ? [] : [bar.note])].join('\n');
}

function visitNumbers(release: ReportRelease): Markup {
  const rows = release.executions.flatMap((execution) =>
    execution.visits.map((visit) => [
      clock(visit.enteredAtMs),
      execution.machine,
      `${visit.state}${visit.iteration === undefined ? '' : ` (item ${visit.iteration + 1})`}`,
      visit.type,
      visit.exitedAtMs === undefined ? '–' : duration(visit.exitedAtMs - visit.enteredAtMs),
      `${visit.status}${visit.retries > 0 ? `, ${visit.retries} retried` : ''}${visit.error === undefined ? '' : `: ${visit.error}`}`,
    ]),
  );
  return numbers(
    `Every state, in order (${rows.length})`,
    ['entered', 'machine', 'state', 'type', 'took', 'ended'],
    rows,
  );
}
