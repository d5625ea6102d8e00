import type { Clock, Timer } from './clock.ts';

/** How often `runUntil` looks again, in real milliseconds. */
const LOOK_AGAIN_MS = 10;

/** How often the clock looks whether this process gets its turns, in real milliseconds. */
const TICK_MS = 50;

/** A gap longer than this between two looks is a machine that was busy elsewhere, not time of the world. */
const STALL_MS = 250;

/** `setTimeout` counts in 32 bits; a longer wait is taken in parts. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Real time, multiplied: at speed 60 a minute of the world takes a second here.
 * Real processes and sockets run beside it at their own pace.
 *
 * A stall of this process (a machine asleep, all cores taken) would be minutes
 * of the world and ring every time-out in it, so it does not count: the world
 * stands still with us.
 */
export class PacedClock implements Clock {
  readonly kind = 'paced';
  readonly speed: number;
  readonly #startMs: number;
  readonly #realStartMs = performance.now();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #tick: NodeJS.Timeout;
  #lastLookMs = this.#realStartMs;
  #stalledMs = 0;
  #closed = false;

  /**
   * @param startMs epoch milliseconds at which this world begins
   * @param speed seconds of this clock in one real second
   */
  constructor(startMs: number, speed: number) {
    this.#startMs = startMs;
    this.speed = speed;
    this.#tick = setInterval(() => this.now(), TICK_MS).unref();
  }

  now(): number {
    const realMs = performance.now();
    const gapMs = realMs - this.#lastLookMs;
    if (gapMs > STALL_MS) this.#stalledMs += gapMs - TICK_MS;
    this.#lastLookMs = realMs;
    return this.#startMs + Math.round((realMs - this.#realStartMs - this.#stalledMs) * this.speed);
  }

  at(dueMs: number, action: () => void): Timer {
    let timeout: NodeJS.Timeout | undefined;
    const arm = (): void => {
      if (this.#closed) return;
      const realMs = Math.max(0, (dueMs - this.now()) / this.speed);
      timeout = setTimeout(
        () => {
          this.#timers.delete(timeout!);
          if (this.now() < dueMs) arm();
          else action();
        },
        Math.min(Math.ceil(realMs), LONGEST_TIMEOUT_MS),
      );
      this.#timers.add(timeout);
    };
    arm();
    return {
      cancel: () => {
        clearTimeout(timeout);
        if (timeout) this.#timers.delete(timeout);
      },
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now() + ms, resolve));
  }

  outside<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  hold<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  async runUntil(done: () => boolean, limitMs = Number.POSITIVE_INFINITY): Promise<void> {
    const deadlineMs = this.now() + limitMs;
    while (!done()) {
      if (this.#closed) throw new Error('The world was closed while something was still waited for.');
      if (this.now() > deadlineMs) {
        throw new Error(`What was waited for did not come within ${limitMs / 1000} s of the world's time.`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  async advance(ms: number): Promise<void> {
    await this.sleep(ms);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#tick);
    for (const timeout of this.#timers) clearTimeout(timeout);
    this.#timers.clear();
  }
}
