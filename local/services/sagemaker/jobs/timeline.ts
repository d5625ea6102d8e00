import type { Clock, Timer } from '../../../clock/clock.ts';

/**
 * Waits that a stop request cuts short. Once cut, every later wait ends at
 * once, so a job that is being stopped passes through no further phase.
 */
export class Timeline {
  readonly #clock: Clock;
  #isCut = false;
  #endWait: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves to true after `seconds` of the world's time, to false as soon as it is cut. */
  wait(seconds: number): Promise<boolean> {
    if (this.#isCut) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer: Timer = this.#clock.at(this.#clock.now() + Math.round(seconds * 1000), () => {
        this.#endWait = undefined;
        resolve(true);
      });
      this.#endWait = () => {
        timer.cancel();
        resolve(false);
      };
    });
  }

  /** Resolves when it is cut. */
  untilCut(): Promise<void> {
    if (this.#isCut) return Promise.resolve();
    return new Promise((resolve) => {
      this.#endWait = resolve;
    });
  }

  cut(): void {
    this.#isCut = true;
    this.#endWait?.();
    this.#endWait = undefined;
  }
}
