import type { Clock } from './clock/clock.ts';

/** One thing that happened. `detail` is for people; machines read histories and states. */
export interface JournalEntry {
  /** Epoch milliseconds of the world's clock. */
  readonly atMs: number;
  /** What it happened to, such as `states/<machine>/<execution>` or `sagemaker/training-job/…`. */
  readonly subject: string;
  readonly what: string;
}

/**
 * The world's diary: one plain line per transition. The same seed and start
 * time give the same journal, byte for byte, on the virtual clock.
 */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #clock: Clock;
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  write(subject: string, what: string): void {
    const entry = { atMs: this.#clock.now(), subject, what };
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  /** Calls `listener` for each later entry, until the returned function is called. */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  text(): string {
    return this.entries
      .map(({ atMs, subject, what }) => `${new Date(atMs).toISOString()} ${subject} ${what}`)
      .join('\n');
  }
}
