/** A due moment that can still be called off. */
export interface Timer {
  cancel(): void;
}

/**
 * The one source of time for everything in the local world.
 *
 * Two clocks implement it: `VirtualClock` jumps to the next due moment as soon
 * as nothing is under way (tests, fault search) and `PacedClock` lets real time
 * pass, multiplied by a factor (`npm start`). All times are epoch milliseconds.
 */
export interface Clock {
  readonly kind: 'virtual' | 'paced';

  /** Seconds of this clock in one real second; 0 on the virtual clock, which no real time moves. */
  readonly speed: number;

  /** Epoch milliseconds. */
  now(): number;

  /**
   * Runs `action` at `dueMs`. Equal times run in the order in which they were
   * asked for. A background timer (an alarm's next look, a queue's next poll)
   * does not keep the clock going on its own.
   */
  at(dueMs: number, action: () => void, options?: { background?: boolean }): Timer;

  /** Resolves after `ms` milliseconds of this clock's time. */
  sleep(ms: number): Promise<void>;

  /**
   * Work that leaves this thread (a worker, a socket). Virtual time stands
   * still while it is under way, and such works run one after another, so that
   * their order never depends on the machine.
   */
  outside<T>(work: () => Promise<T>): Promise<T>;

  /**
   * Work in this thread that needs more than microtasks (the embedded
   * database). Virtual time stands still until it is done.
   */
  hold<T>(work: Promise<T>): Promise<T>;

  /**
   * Lets time pass until `done()` is true.
   *
   * @throws Error if nothing is left to happen, or `limitMs` of this clock's time is over, before that.
   */
  runUntil(done: () => boolean, limitMs?: number): Promise<void>;

  /** Lets exactly `ms` milliseconds pass. */
  advance(ms: number): Promise<void>;

  /** Stops all timers; nothing runs afterwards. */
  close(): void;
}
