import { StoppedError } from './aws.ts';
import type { CallCase } from './case.ts';

/**
 * What may be spent, and what was. Counted from the cases' estimates: nobody
 * learns from AWS in time what a call cost. A case that takes longer than it
 * was thought to is charged by the minute.
 */
export class Budget {
  readonly capUsd: number;
  #spentUsd = 0;

  constructor(capUsd: number) {
    this.capUsd = capUsd;
  }

  get spentUsd(): number {
    return this.#spentUsd;
  }

  canAfford({ cost }: CallCase): boolean {
    return this.#spentUsd + cost.usd <= this.capUsd + 1e-9;
  }

  /** @throws StoppedError once a case under way has cost what is left */
  check(one: CallCase, minutes: number): void {
    if (this.#spentUsd + chargeOf(one, minutes) > this.capUsd + 1e-9) {
      throw new StoppedError(`Stopped: the cap of ${this.capUsd} $ is reached.`);
    }
    const longest = 3 * one.cost.minutes + 10;
    if (minutes > longest) throw new StoppedError(`Stopped: it took more than ${longest} minutes.`);
  }

  charge(one: CallCase, minutes: number): void {
    this.#spentUsd += chargeOf(one, minutes);
  }
}

const chargeOf = ({ cost }: CallCase, minutes: number): number =>
  cost.usd * Math.max(1, minutes / cost.minutes);
