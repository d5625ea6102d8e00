import type { Clock, Timer } from './clock.ts';
import { type Due, DueQueue } from './due-queue.ts';

/** One turn of the event loop: every microtask asked for so far has run after it. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Time that costs nothing: as soon as no work is under way it jumps to the next
 * due moment. Every due moment is visited in its turn, none is skipped.
 */
export class VirtualClock implements Clock {
  readonly kind = 'virtual';
  readonly speed = 0;
  readonly #dues = new DueQueue();
  #nowMs: number;
  #order = 0;
  #underWay = 0;
  #held = 0;
  #closed = false;
  #lastOutside: Promise<unknown> = Promise.resolve();

  /** @param startMs epoch milliseconds at which this world begins */
  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(dueMs: number, action: () => void, options: { background?: boolean } = {}): Timer {
    const due: Due = {
      dueMs: Math.max(dueMs, this.#nowMs),
      order: this.#order++,
      background: options.background ?? false,
      action,
      cancelled: false,
    };
    if (!this.#closed) this.#dues.push(due);
    return { cancel: () => this.#dues.cancel(due) };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.#nowMs + ms, resolve));
  }

  async outside<T>(work: () => Promise<T>): Promise<T> {
    // It begins and hands its result over only while this thread is calm: otherwise
    // the machine's speed would decide what comes first at one and the same moment.
    const turn = this.#lastOutside.then(async () => {
      await this.#calm();
      try {
        return await work();
      } finally {
        await this.#calm();
      }
    });
    // The next one starts a turn later, when whatever follows from this one has been asked.
    this.#lastOutside = turn.then(nextTurn, nextTurn);
    this.#underWay += 1;
    try {
      return await turn;
    } finally {
      this.#underWay -= 1;
    }
  }

  async hold<T>(work: Promise<T>): Promise<T> {
    this.#underWay += 1;
    this.#held += 1;
    try {
      return await work;
    } finally {
      this.#underWay -= 1;
      this.#held -= 1;
    }
  }

  async runUntil(done: () => boolean, limitMs = Number.POSITIVE_INFINITY): Promise<void> {
    const deadlineMs = this.#nowMs + limitMs;
    for (;;) {
      await this.#quiet();
      if (done()) return;
      const next = this.#dues.peek();
      if (next === undefined || (this.#dues.foregroundCount === 0 && limitMs === Number.POSITIVE_INFINITY)) {
        throw new Error(
          `Nothing is left to happen at ${new Date(this.#nowMs).toISOString()}, and what was waited for has not come.`,
        );
      }
      if (next.dueMs > deadlineMs) {
        throw new Error(`What was waited for did not come within ${limitMs / 1000} s of virtual time.`);
      }
      this.#visit();
    }
  }

  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      await this.#quiet();
      const next = this.#dues.peek();
      if (next === undefined || next.dueMs > untilMs) break;
      this.#visit();
    }
    this.#nowMs = untilMs;
  }

  close(): void {
    this.#closed = true;
    this.#dues.clear();
  }

  #visit(): void {
    const due = this.#dues.pop()!;
    this.#nowMs = due.dueMs;
    due.action();
  }

  /** Waits until no work is held in this thread and all that followed from it has been asked for. */
  async #calm(): Promise<void> {
    do {
      await nextTurn();
    } while (this.#held > 0);
  }

  /** Waits until nothing is under way and all that followed from it has been asked for. */
  async #quiet(): Promise<void> {
    do {
      await nextTurn();
    } while (this.#underWay > 0);
  }
}
