import type { Clock } from '../clock/clock.ts';
import { ABORTED } from './errors.ts';

/**
 * A right to go on, held by an execution and by each branch inside it. Giving
 * it up ends every wait below it at once: a failed sibling, a stopped
 * execution and a time-out all work this way.
 */
export class AbortScope {
  aborted = false;
  readonly #callbacks = new Set<() => void>();
  readonly #atClose: (() => void)[] = [];
  readonly #leaveParent: () => void;

  constructor(parent?: AbortScope) {
    this.#leaveParent = parent?.onAbort(() => this.abort()) ?? (() => {});
  }

  /** Calls `callback` once when the scope is given up, unless the returned function is called before. */
  onAbort(callback: () => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    this.#leaveParent();
    const callbacks = [...this.#callbacks];
    this.#callbacks.clear();
    for (const callback of callbacks) callback();
  }

  /** Calls `callback` when the scope's work is over, whether well or not. */
  whenClosed(callback: () => void): void {
    this.#atClose.push(callback);
  }

  /** The scope's work is over; its parent need not know it any more. */
  close(): void {
    this.#leaveParent();
    this.#callbacks.clear();
    for (const callback of this.#atClose.splice(0)) callback();
  }

  /** Passes on what `work` comes to, or rejects with `ABORTED` as soon as the scope is given up. */
  guard<T>(work: Promise<T>): Promise<T> {
    if (this.aborted) {
      work.catch(() => {});
      return Promise.reject(ABORTED);
    }
    return new Promise((resolve, reject) => {
      const leave = this.onAbort(() => reject(ABORTED));
      work.then(
        (value) => {
          leave();
          resolve(value);
        },
        (error) => {
          leave();
          reject(error);
        },
      );
    });
  }

  /** Waits `ms` milliseconds of the clock's time, or rejects with `ABORTED`. */
  sleep(clock: Clock, ms: number): Promise<void> {
    if (this.aborted) return Promise.reject(ABORTED);
    return new Promise((resolve, reject) => {
      const timer = clock.at(clock.now() + ms, () => {
        leave();
        resolve();
      });
      const leave = this.onAbort(() => {
        timer.cancel();
        reject(ABORTED);
      });
    });
  }
}
