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
    const { intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds, fullJitter } = this.#retriers[index]!;
    const before = this.#counts[index]!;
    if (before >= maxAttempts) return undefined;
    this.#counts[index] = before + 1;
    const seconds = Math.min(
      intervalSeconds * backoffRate ** before,
      maxDelaySeconds ?? Number.POSITIVE_INFINITY,
    );
    return Math.round(seconds * 1000 * (fullJitter ? this.#random.number() : 1));
  }
}
