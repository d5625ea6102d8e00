/** One field of a cron expression: the numbers it allows, and what it means by `L`, `W` and `#`. */
export interface Field {
  /** `?`: the other of the two day fields tells the days. */
  readonly isOpen: boolean;
  readonly numbers: ReadonlySet<number>;
  /** `L` in days of the month. */
  readonly isLast: boolean;
  /** `15W`: the weekday nearest to the 15th. */
  readonly nearest: readonly number[];
  /** `6L`: the month's last Friday. */
  readonly lastOf: readonly number[];
  /** `3#2`: the month's second Tuesday. */
  readonly nth: readonly { readonly day: number; readonly count: number }[];
}

interface Grammar {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
  readonly wildcards: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Source: EventBridge user guide, "Cron expressions". */
export const GRAMMARS = {
  minutes: { min: 0, max: 59, wildcards: '/' },
  hours: { min: 0, max: 23, wildcards: '/' },
  daysOfMonth: { min: 1, max: 31, wildcards: '/?LW' },
  months: { min: 1, max: 12, names: MONTHS, wildcards: '/' },
  daysOfWeek: { min: 1, max: 7, names: DAYS, wildcards: '/?L#' },
  years: { min: 1970, max: 2199, wildcards: '/' },
} as const satisfies Record<string, Grammar>;

/** @returns undefined for what AWS refuses */
export function parseField(text: string, grammar: Grammar): Field | undefined {
  const numbers = new Set<number>();
  const nearest: number[] = [];
  const lastOf: number[] = [];
  const nth: { day: number; count: number }[] = [];
  const allows = (wildcard: string): boolean => grammar.wildcards.includes(wildcard);
  const field = { isOpen: text === '?', numbers, isLast: text === 'L', nearest, lastOf, nth };
  if (field.isOpen) return allows('?') ? field : undefined;
  if (field.isLast) {
    if (!allows('L')) return undefined;
    // In days of the week the last one is Saturday, every week.
    return allows('#') ? { ...field, isLast: false, numbers: new Set([7]) } : field;
  }
  for (const part of text.split(',')) {
    const [, special, mark, count] = /^(\w+?)(W|L|#([1-5]))$/.exec(part) ?? [];
    const day = special === undefined ? undefined : numberOf(special, grammar);
    if (day !== undefined && mark === 'W' && allows('W')) nearest.push(day);
    else if (day !== undefined && mark === 'L' && allows('#')) lastOf.push(day);
    else if (day !== undefined && count !== undefined && allows('#')) nth.push({ day, count: Number(count) });
    else if (!addRange(numbers, part, grammar)) return undefined;
  }
  return field;
}

/** `5`, `MON-FRI`, `0/15`, `10-40/5`, `*`. */
function addRange(numbers: Set<number>, part: string, grammar: Grammar): boolean {
  const [, first = '', last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const from = first === '*' ? grammar.min : numberOf(first, grammar);
  const open = first === '*' || step !== undefined ? grammar.max : from;
  const to = last === undefined ? open : numberOf(last, grammar);
  const by = Number(step ?? 1);
  if (from === undefined || to === undefined || to < from || by === 0) return false;
  if (first === '*' && last !== undefined) return false;
  for (let value = from; value <= to; value += by) numbers.add(value);
  return true;
}

function numberOf(text: string, { min, max, names }: Grammar): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + min;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
