import type { Random } from '../random.ts';
import type { StateError } from './errors.ts';
import type { Retrier } from './machine.ts';
import { matchesError } from './match-error.ts';

/** The retries of one entry into a state. Each retrier keeps its own count. */
export class Retries {
  readonly #retriers: readonly Retrier[];
  readonly #counts: number[];
  readonly #random: Random;

  constructor(retriers: readonly Retrier[], random: Random) {
    this.#retriers = retriers;
    this.#counts = retriers.map(() => 0);
    this.#random = random;
  }

  /** Milliseconds to wait before the next attempt, or undefined if there is to be none. */
  delayMs(error: StateError): number | undefined {
    const index = this.#retriers.findIndex((retrier) => matchesError(retrier.errorEquals, error));
    if (index === -1) return undefined;
    const retrier = this.#retriers[index]!;
    const before = this.#counts[index]!;
    if (before >= retrier.maxAttempts) return undefined;
    this.#counts[index] = before + 1;
    const seconds = backoffSeconds(retrier, before);
    return Math.round(seconds * 1000 * (retrier.fullJitter ? this.#random.number() : 1));
  }
}

/** How long a retrier waits after so many retries, without jitter. */
export const backoffSeconds = (
  { intervalSeconds, backoffRate, maxDelaySeconds }: Retrier,
  before: number,
): number => Math.min(intervalSeconds * backoffRate ** before, maxDelaySeconds ?? Number.POSITIVE_INFINITY);
