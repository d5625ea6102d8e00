import type { Random } from '../../../random.ts';

/**
 * Numbers in [0, 1) that begin at a seeded place and fill it evenly: of any hundred in a row, about as many
 * fall into each part as the part is long. So a fleet's share of real requests is its share after few of them.
 *
 * An additive recurrence (Weyl); the golden ratio's is the evenest.
 */
export class EvenChance {
  readonly #random: Random;
  #point: number | undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  number(): number {
    this.#point = this.#point === undefined ? this.#random.number() : (this.#point + GOLDEN) % 1;
    return this.#point;
  }
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
