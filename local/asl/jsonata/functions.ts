import { createHash } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';
import { jsonFault } from '../../json-text/json-fault.ts';
import { Random } from '../../random.ts';
import { ExpressionFault } from './engine-fault.ts';

/** The time and chance that one evaluation has. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
}

/** What an evaluation's surroundings are bound to: no expression can spell the name of such a variable. */
export const SURROUNDINGS = ' surroundings';

/** What the `jsonata` package hands to a registered function as `this`. */
interface Focus {
  readonly environment: { lookup(name: string): unknown };
}

export const surroundingsOf = ({ lookup }: Focus['environment']): Surroundings =>
  lookup(SURROUNDINGS) as Surroundings;

/** A function with the package's own signature text, which checks and completes arguments. */
export interface ExtraFunction {
  readonly name: string;
  readonly signature: string;
  // biome-ignore lint/suspicious/noExplicitAny: arguments have been checked against the signature.
  readonly implementation: (this: Focus, ...args: any[]) => unknown;
}

/** The longest result of `$range`. */
const MOST_NUMBERS = 10_000_000;

/** AWS's names for digests, as Node knows them. */
const DIGESTS = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/**
 * The functions that Step Functions adds to JSONata, and those of JSONata that
 * ask for time or chance, answered from the clock and seed of the world that evaluates.
 *
 * Source: developer guide, "Transforming data with JSONata".
 */
export const EXTRA_FUNCTIONS: readonly ExtraFunction[] = [
  { name: 'partition', signature: '<an:a>', implementation: partition },
  { name: 'range', signature: '<nnn:a>', implementation: range },
  { name: 'hash', signature: '<s-s:s>', implementation: hash },
  { name: 'parse', signature: '<s-:x>', implementation: parse },
  {
    name: 'uuid',
    signature: '<:s>',
    implementation() {
      return surroundingsOf(this.environment).random.uuid();
    },
  },
  {
    name: 'random',
    signature: '<n?:n>',
    // AWS's numbers for a seed are not known; the same seed gives the same number.
    implementation(seed?: number) {
      return (seed === undefined ? surroundingsOf(this.environment).random : new Random(seed)).number();
    },
  },
  {
    name: 'shuffle',
    signature: '<a:a>',
    implementation(array?: unknown[]) {
      return array && shuffle(array, surroundingsOf(this.environment).random);
    },
  },
  {
    name: 'millis',
    signature: '<:n>',
    implementation() {
      return surroundingsOf(this.environment).clock.now();
    },
  },
  {
    name: 'now',
    signature: '<s?s?:s>',
    implementation(picture?: string, timezone?: string) {
      const { clock } = surroundingsOf(this.environment);
      if (picture === undefined) return new Date(clock.now()).toISOString();
      const fromMillis = this.environment.lookup('fromMillis') as {
        implementation(this: Focus, millis: number, picture: string, timezone?: string): string;
      };
      return fromMillis.implementation.call(this, clock.now(), picture, timezone);
    },
  },
];

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ExpressionFault(`$parse was given a text that is no JSON: ${jsonFault(text).reason}`);
  }
}

function partition(array: unknown[] | undefined, size: number): unknown {
  if (array === undefined) return undefined;
  if (!(size >= 1))
    throw new ExpressionFault(`The chunk size of $partition must be a positive number, but was ${size}`);
  const chunk = Math.floor(size);
  return Array.from({ length: Math.ceil(array.length / chunk) }, (_, index) =>
    array.slice(index * chunk, (index + 1) * chunk),
  );
}

function range(from: number, to: number, step: number): number[] {
  if (step === 0) throw new ExpressionFault('The step of $range must not be zero');
  const count = Math.max(0, Math.floor((to - from) / step) + 1);
  // As many as the engine allows its own range operator; more would only eat up memory.
  if (count > MOST_NUMBERS) throw new ExpressionFault(`$range cannot give more than ${MOST_NUMBERS} numbers`);
  return sequence(Array.from({ length: count }, (_, index) => from + index * step));
}

/** What the engine itself calls a sequence: one item stands for itself, none for nothing. Recorded of `$range` alone. */
const sequence = <T>(items: T[]): T[] => Object.defineProperty(items, 'sequence', { value: true });

function hash(text: string | undefined, algorithm: string): string | undefined {
  if (text === undefined) return undefined;
  const digest = DIGESTS.get(algorithm);
  if (digest === undefined)
    throw new ExpressionFault(`$hash knows ${[...DIGESTS.keys()].join(', ')}, but not ${algorithm}`);
  return createHash(digest).update(text).digest('hex');
}

function shuffle(array: readonly unknown[], random: Random): unknown[] {
  const shuffled = [...array];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}
