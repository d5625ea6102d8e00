import type { Clock } from '../../clock/clock.ts';
import { SLOW, textOf } from './operators.ts';

/** One of the engine's functions on arguments beyond doubt; `SLOW` for all others. */
export interface Builtin {
  /** How many arguments it is given; with others the engine must say what it does. */
  readonly takes: number;
  // biome-ignore lint/suspicious/noExplicitAny: each looks at what it is given.
  readonly answer: (clock: Pick<Clock, 'now'>, first?: any, second?: any, third?: any) => unknown;
}

const ISO_TIME = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{3})?Z$/;

const ofNumber = (calculate: (given: number) => number): Builtin => ({
  takes: 1,
  answer: (_, given) => (typeof given === 'number' ? calculate(given) : SLOW),
});

/** Two at a time: a call does not take as many arguments as a list may have items. */
const ofNumbers = (choose: (one: number, other: number) => number, start?: number): Builtin => ({
  takes: 1,
  answer: (_, given) =>
    isListOf(given, (item) => typeof item === 'number')
      ? given.reduce((one, other) => choose(one, other), start ?? given[0]!)
      : SLOW,
});

/** The built-in functions that machines call most. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  exists: { takes: 1, answer: (_, given) => given !== undefined },
  not: { takes: 1, answer: (_, given) => (typeof given === 'boolean' ? !given : SLOW) },
  string: { takes: 1, answer: (_, given) => (given === undefined ? undefined : (anyText(given) ?? SLOW)) },
  count: { takes: 1, answer: (_, given) => (Array.isArray(given) ? given.length : SLOW) },
  type: { takes: 1, answer: (_, given) => typeOf(given) },
  floor: ofNumber(Math.floor),
  ceil: ofNumber(Math.ceil),
  min: ofNumbers(Math.min),
  max: ofNumbers(Math.max),
  sum: ofNumbers((total, one) => total + one, 0),
  substring: { takes: 3, answer: (_, text, start, length) => substring(text, start, length) },
  append: {
    takes: 2,
    answer: (_, first, second) =>
      Array.isArray(first) && Array.isArray(second) ? first.concat(second) : SLOW,
  },
  merge: { takes: 1, answer: (_, given) => (isListOf(given, isMergeable) ? merged(given) : SLOW) },
  millis: { takes: 0, answer: (clock) => clock.now() },
  now: { takes: 0, answer: (clock) => new Date(clock.now()).toISOString() },
  toMillis: {
    takes: 1,
    answer: (_, given) =>
      typeof given === 'string' && ISO_TIME.test(given) ? Date.parse(given) || SLOW : SLOW,
  },
};

/** The engine counts characters; where each of them takes one unit, that is what texts count themselves. */
const substring = (text: unknown, start: unknown, length: unknown): unknown => {
  if (typeof text !== 'string' || !Number.isInteger(start) || !Number.isInteger(length)) return SLOW;
  const [from, count] = [start as number, length as number];
  if (from < 0 || count < 0 || /[\uD800-\uDFFF]/.test(text)) return SLOW;
  return text.slice(from, from + count);
};

/** Lists of nothing are left to the engine: it has its own ideas about them. */
const isListOf = <Item>(given: unknown, fits: (item: unknown) => item is Item): given is Item[] =>
  Array.isArray(given) && given.length > 0 && given.every(fits);

/** To the engine, an object with one of its own marks is a function. */
const isMarked = (given: object): boolean => '_jsonata_function' in given || '_jsonata_lambda' in given;

const isMergeable = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' &&
  given !== null &&
  !Array.isArray(given) &&
  !isMarked(given) &&
  !Object.hasOwn(given, '__proto__');

const merged = (objects: readonly Record<string, unknown>[]): Record<string, unknown> =>
  objects.reduce<Record<string, unknown>>((result, object) => Object.assign(result, object), {});

function typeOf(given: unknown): unknown {
  if (given === null) return 'null';
  if (Array.isArray(given)) return 'array';
  if (typeof given === 'object') return isMarked(given) ? SLOW : 'object';
  return given === undefined ? SLOW : typeof given;
}

const anyText = (given: unknown): string | undefined =>
  typeof given === 'object' && given !== null
    ? isWrittenAsIs(given)
      ? JSON.stringify(given)
      : undefined
    : textOf(given);

/** Whether the engine writes it as JSON does: it rounds numbers to 15 digits, and leaves functions out. */
function isWrittenAsIs(given: unknown): boolean {
  if (typeof given === 'number') return Number.isFinite(given) && Number(given.toPrecision(15)) === given;
  if (typeof given !== 'object' || given === null) return true;
  return !isMarked(given) && Object.values(given).every(isWrittenAsIs);
}
