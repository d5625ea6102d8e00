import type { ReportExecution, ReportVisit } from '../../../play/report/data.ts';

/** Writes down an execution as it would have been: one state after another on a clock that only goes on. */
export class Walk {
  readonly #machine: string;
  readonly #name: string;
  readonly #visits: ReportVisit[] = [];
  readonly #startedAtMs: number;
  atMs: number;

  constructor(machine: string, name: string, atMs: number) {
    this.#machine = machine;
    this.#name = name;
    this.#startedAtMs = atMs;
    this.atMs = atMs;
  }

  /** Visits the state for some seconds of the world. */
  through(state: string, type: string, seconds = 0, more: Partial<ReportVisit> = {}): this {
    const enteredAtMs = this.atMs;
    this.atMs += seconds * 1000;
    this.#visits.push({
      state,
      type,
      enteredAtMs,
      exitedAtMs: this.atMs,
      status: 'succeeded',
      retries: 0,
      ...more,
    });
    return this;
  }

  /** A Map: its items start together; the clock goes on when the last is done. */
  each(state: string, items: readonly (readonly [state: string, type: string, seconds: number][])[]): this {
    const enteredAtMs = this.atMs;
    const outer = this.#visits.length;
    let endedAtMs = enteredAtMs;
    for (const [iteration, steps] of items.entries()) {
      this.atMs = enteredAtMs;
      for (const [inner, type, seconds] of steps) this.through(inner, type, seconds, { iteration });
      endedAtMs = Math.max(endedAtMs, this.atMs);
    }
    this.atMs = endedAtMs;
    const map: ReportVisit = {
      state,
      type: 'Map',
      enteredAtMs,
      exitedAtMs: endedAtMs,
      status: 'succeeded',
      retries: 0,
    };
    this.#visits.splice(outer, 0, map);
    return this;
  }

  ended(status = 'SUCCEEDED'): ReportExecution {
    return {
      machine: this.#machine,
      name: this.#name,
      status,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.atMs,
      visits: this.#visits,
    };
  }
}
