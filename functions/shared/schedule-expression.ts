/**
 * What EventBridge Scheduler takes as a schedule: the grammar alone. When a
 * schedule is due, Scheduler computes.
 *
 * Source: EventBridge Scheduler user guide, "Schedule types".
 */

/** The fields of cron, in their order. */
const FIELDS: readonly Field[] = [
  { name: 'minutes', min: 0, max: 59, marks: '' },
  { name: 'hours', min: 0, max: 23, marks: '' },
  { name: 'day of month', min: 1, max: 31, marks: '?LW' },
  {
    name: 'month',
    min: 1,
    max: 12,
    marks: '',
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  {
    name: 'day of week',
    min: 1,
    max: 7,
    marks: '?L#',
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  },
  { name: 'year', min: 1970, max: 2199, marks: '' },
];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** What the field takes beside numbers, names, lists, ranges, steps and `*`. */
  readonly marks: string;
  readonly names?: readonly string[];
}

const SHAPES = 'write rate(12 hours), or cron(0 3 ? * MON *)';

/** Why Scheduler would refuse `expression`; undefined when it takes it. */
export function expressionFault(expression: string): string | undefined {
  if (/^at\(/.test(expression)) return `asks for a single time; a pipeline's schedule repeats: ${SHAPES}`;
  const [, kind, inside = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === undefined) return `is no schedule expression; ${SHAPES}`;
  return kind === 'rate' ? rateFault(inside) : cronFault(inside);
}

/** Singular or plural, whatever the number: Scheduler takes both, where rules do not. */
function rateFault(inside: string): string | undefined {
  const [, value] = /^(\d{1,9}) (?:minute|hour|day)s?$/.exec(inside) ?? [];
  return Number(value) > 0
    ? undefined
    : 'is no rate; write a whole number from 1 and minutes, hours or days, such as rate(12 hours)';
}

function cronFault(inside: string): string | undefined {
  const parts = inside.split(' ');
  if (parts.length !== FIELDS.length) {
    return `has ${parts.length} fields; cron takes six, a blank between them: ${FIELDS.map(({ name }) => name).join(', ')}`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const fault = fieldFault(parts[index]!, field);
    if (fault !== undefined) return fault;
  }
  if ((parts[2] === '?') === (parts[4] === '?'))
    return 'needs ? in exactly one of day of month and day of week: the other tells the days';
  return undefined;
}

function fieldFault(text: string, field: Field): string | undefined {
  const { name, marks } = field;
  if (text === '?' || text === 'L') {
    return marks.includes(text) ? undefined : `has ${text} as its ${name}, which does not take it`;
  }
  const wrong = text.split(',').find((part) => !isSpecial(part, field) && !isRange(part, field));
  if (wrong === undefined) return undefined;
  return `has ${JSON.stringify(wrong)} as its ${name}; allowed are ${field.min} to ${field.max}${field.names ? ` or ${field.names[0]} to ${field.names.at(-1)}` : ''}, with , - * /${[...marks].map((mark) => ` ${mark}`).join('')}`;
}

/** `15W` the weekday nearest to the 15th, `6L` the month's last Friday, `3#2` its second Tuesday. */
function isSpecial(part: string, field: Field): boolean {
  const [, value, mark] = /^(\w+?)(W|L|#[1-5])$/.exec(part) ?? [];
  if (value === undefined || mark === undefined || !isValue(value, field)) return false;
  if (mark === 'W') return field.marks.includes('W');
  return field.marks.includes('#');
}

/** `5`, `MON-FRI`, `0/15`, `10-40/5`, `*`. */
function isRange(part: string, field: Field): boolean {
  const [, first = '', last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  if (first === '*') return last === undefined;
  if (!isValue(first, field)) return false;
  return last === undefined || (isValue(last, field) && numberOf(last, field) >= numberOf(first, field));
}

const numberOf = (text: string, { min, names }: Field): number => {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + min;
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
};

const isValue = (text: string, field: Field): boolean => {
  const value = numberOf(text, field);
  return value >= field.min && value <= field.max;
};

/** Why `timezone` is none that Scheduler knows; undefined when it is. */
export function timezoneFault(timezone: string): string | undefined {
  const fault =
    'is no time zone of the IANA database; write one such as Europe/Zurich, or leave it out for UTC';
  // Node takes offsets such as +01:00 too, which Scheduler does not.
  if (!/^[A-Za-z]/.test(timezone)) return fault;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return undefined;
  } catch {
    return fault;
  }
}
