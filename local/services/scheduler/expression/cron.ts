import { type Field, GRAMMARS, parseField } from './cron-field.ts';
import type { Timetable } from './expression.ts';
import type { Zone } from './zone.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Fields = Readonly<Record<keyof typeof GRAMMARS, Field>>;

/**
 * `minutes hours day-of-month month day-of-week year`. Where the clocks go
 * forward, what would be due in the lost hour is left out; where they go back,
 * what is due in the hour that comes twice is due in the first.
 *
 * @returns undefined for what AWS refuses
 */
export function parseCron(text: string, zone: Zone): Timetable | undefined {
  const parts = text.split(' ');
  const names = Object.keys(GRAMMARS) as (keyof typeof GRAMMARS)[];
  if (parts.length !== names.length) return undefined;
  const read = names.map((name, index) => [name, parseField(parts[index]!, GRAMMARS[name])] as const);
  if (read.some(([, field]) => field === undefined)) return undefined;
  const fields = Object.fromEntries(read) as unknown as Fields;
  // One of the two day fields tells the days, the other has to say that it does not.
  if (fields.daysOfMonth.isOpen === fields.daysOfWeek.isOpen) return undefined;
  const minutes = minutesOfDay(fields);
  const lastYear = Math.max(...fields.years.numbers);
  return {
    kind: 'cron',
    next(afterMs) {
      const wallMs = zone.wallOf(afterMs);
      for (let dayMs = wallMs - modulo(wallMs, DAY_MS); ; dayMs += DAY_MS) {
        const day = new Date(dayMs);
        if (day.getUTCFullYear() > lastYear) return undefined;
        if (!isDue(day, fields)) continue;
        for (const minute of minutes) {
          const dueWallMs = dayMs + minute * MINUTE_MS;
          if (dueWallMs <= wallMs) continue;
          const instantMs = zone.instantOf(dueWallMs);
          if (instantMs !== undefined && instantMs > afterMs) return instantMs;
        }
      }
    },
  };
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

const minutesOfDay = ({ hours, minutes }: Fields): number[] =>
  [...hours.numbers]
    .flatMap((hour) => [...minutes.numbers].map((minute) => hour * 60 + minute))
    .sort((a, b) => a - b);

function isDue(day: Date, { years, months, daysOfMonth, daysOfWeek }: Fields): boolean {
  if (!years.numbers.has(day.getUTCFullYear()) || !months.numbers.has(day.getUTCMonth() + 1)) return false;
  return daysOfWeek.isOpen ? isDayOfMonth(day, daysOfMonth) : isDayOfWeek(day, daysOfWeek);
}

const lastDay = (day: Date): number =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();

function isDayOfMonth(day: Date, { numbers, isLast, nearest }: Field): boolean {
  const date = day.getUTCDate();
  if (isLast) return date === lastDay(day);
  return numbers.has(date) || nearest.some((wanted) => nearestWeekday(day, wanted) === date);
}

/** The date of the weekday nearest to a day of the month, within that month; undefined where it has no such day. */
function nearestWeekday(day: Date, wanted: number): number | undefined {
  const last = lastDay(day);
  if (wanted > last) return undefined;
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), wanted)).getUTCDay();
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

function isDayOfWeek(day: Date, { numbers, lastOf, nth }: Field): boolean {
  const weekday = day.getUTCDay() + 1;
  const date = day.getUTCDate();
  return (
    numbers.has(weekday) ||
    (lastOf.includes(weekday) && date + 7 > lastDay(day)) ||
    nth.some((one) => one.day === weekday && one.count === Math.ceil(date / 7))
  );
}
