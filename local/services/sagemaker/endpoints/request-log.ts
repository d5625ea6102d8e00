import type { Clock } from '../../../clock/clock.ts';
import { Distribution } from '../../cloudwatch/distribution.ts';

/** One fleet's answers in one second. */
export interface TrafficRow {
  /** Start of the second on the world's clock, in epoch milliseconds. In paced mode it is a second of real time. */
  readonly atMs: number;
  /** The endpoint config of the fleet. */
  readonly fleet: string;
  readonly requests: number;
  /** Answers with 5xx, time-outs and refused connections among them. */
  readonly errors: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Cell {
  readonly atMs: number;
  readonly fleet: string;
  requests: number;
  errors: number;
  readonly latencyMs: Distribution;
}

/** Counts an endpoint's answers second by second and fleet by fleet. */
export class RequestLog {
  readonly #rowMs: number;
  readonly #cells = new Map<string, Cell>();

  constructor(clock: Clock) {
    // Seconds of real time: at speed 60 a row per second of the world would hold a sixtieth of a second's requests.
    this.#rowMs = 1000 * (clock.speed || 1);
  }

  add(fleet: string, failed: boolean, latencyMs: number | undefined, atMs: number, count: number): void {
    const startMs = Math.floor(atMs / this.#rowMs) * this.#rowMs;
    const key = `${startMs}/${fleet}`;
    let cell = this.#cells.get(key);
    if (cell === undefined) {
      cell = { atMs: startMs, fleet, requests: 0, errors: 0, latencyMs: new Distribution() };
      this.#cells.set(key, cell);
    }
    cell.requests += count;
    if (failed) cell.errors += count;
    if (latencyMs !== undefined) cell.latencyMs.add(latencyMs, count);
  }

  rows(): TrafficRow[] {
    return [...this.#cells.values()]
      .sort((a, b) => a.atMs - b.atMs || (a.fleet < b.fleet ? -1 : 1))
      .map(({ atMs, fleet, requests, errors, latencyMs }) => ({
        atMs,
        fleet,
        requests,
        errors,
        p50Ms: latencyMs.count > 0 ? latencyMs.percentile(50) : 0,
        p99Ms: latencyMs.count > 0 ? latencyMs.percentile(99) : 0,
      }));
  }
}
