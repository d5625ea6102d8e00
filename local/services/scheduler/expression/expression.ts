import { parseCron } from './cron.ts';
import type { Zone } from './zone.ts';

/** When something is due, again and again or once. All times are epoch milliseconds. */
export interface Timetable {
  readonly kind: 'rate' | 'cron' | 'at';
  /**
   * The first due moment after `afterMs`.
   *
   * @param anchorMs where a rate begins to count: its own first moment
   * @returns undefined when there is none any more
   */
  next(afterMs: number, anchorMs: number): number | undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Rules of EventBridge want `1 hour` and `2 hours`; Scheduler, whose console writes `1 hours`, takes either. */
type Grammar = 'rule' | 'schedule';

/**
 * `rate(1 hour)`, `cron(0 9 ? * MON-FRI *)` and, for schedules alone, `at(2026-03-29T02:30:00)`.
 *
 * Sources: EventBridge user guide, "Schedule patterns"; EventBridge Scheduler user guide, "Schedule types".
 *
 * @returns undefined for what AWS refuses
 */
export function parseExpression(text: string, grammar: Grammar, zone: Zone): Timetable | undefined {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'rate') return rate(inner, grammar);
  if (kind === 'cron') return parseCron(inner, zone);
  return kind === 'at' && grammar === 'schedule' ? once(inner, zone) : undefined;
}

function rate(text: string, grammar: Grammar): Timetable | undefined {
  const [, digits, unit = '', plural] = /^(\d{1,9}) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const value = Number(digits);
  if (!(value > 0)) return undefined;
  if (grammar === 'rule' && (plural === 's') === (value === 1)) return undefined;
  const everyMs = value * UNIT_MS[unit]!;
  return {
    kind: 'rate',
    // A day is 24 hours here, also where the clocks change.
    next: (afterMs, anchorMs) =>
      afterMs < anchorMs ? anchorMs : anchorMs + (Math.floor((afterMs - anchorMs) / everyMs) + 1) * everyMs,
  };
}

function once(text: string, zone: Zone): Timetable | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return undefined;
  const wallMs = Date.parse(`${text}Z`);
  // Dates such as 30 February roll over; AWS refuses them.
  if (Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(0, 19) !== text) return undefined;
  const dueMs = zone.instantOf(wallMs);
  return { kind: 'at', next: (afterMs) => (dueMs !== undefined && dueMs > afterMs ? dueMs : undefined) };
}
