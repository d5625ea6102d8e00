import type { Clock } from '../../../clock/clock.ts';
import { Distribution } from '../../cloudwatch/distribution.ts';
import { MINUTE_MS, openMinute } from '../../cloudwatch/metric-store.ts';
import type { SteadyMinute } from './fleet-meter.ts';

/** One fleet's answers in one second. */
export interface TrafficRow {
  /** Start of the second on the world's clock, in epoch milliseconds. In paced mode it is a second of real time. */
  readonly atMs: number;
  /** The endpoint config of the fleet. */
  readonly fleet: string;
  readonly variant: string;
  /** Copies, whose answers nobody got: they don't count among the endpoint's requests. */
  readonly isShadow: boolean;
  readonly requests: number;
  /** Answers with 5xx, time-outs and refused connections among them. */
  readonly errors: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Cell {
  readonly atMs: number;
  readonly fleet: string;
  readonly variant: string;
  readonly isShadow: boolean;
  requests: number;
  errors: number;
  readonly latencyMs: Distribution;
}

type Names = Pick<TrafficRow, 'fleet' | 'variant' | 'isShadow'>;

/** Minutes that are all alike; those before `fromMs` have been written out. */
interface Run {
  readonly names: Names;
  readonly minute: SteadyMinute;
  fromMs: number;
  toMs: number;
}

/** Counts an endpoint's answers second by second and fleet by fleet and variant by variant. */
export class RequestLog {
  readonly #clock: Clock;
  readonly #rowMs: number;
  readonly #runs: Run[] = [];
  readonly #cells = new Map<string, Cell>();

  constructor(clock: Clock) {
    this.#clock = clock;
    // Seconds of real time: at speed 60 a row per second of the world would hold a sixtieth of a second's requests.
    this.#rowMs = 1000 * (clock.speed || 1);
  }

  add(
    { fleet, variant, isShadow }: Names,
    failed: boolean,
    latencyMs: number | undefined,
    atMs: number,
    count: number,
  ): void {
    const startMs = Math.floor(atMs / this.#rowMs) * this.#rowMs;
    const key = `${startMs}/${fleet}/${variant}`;
    let cell = this.#cells.get(key);
    if (cell === undefined) {
      cell = {
        atMs: startMs,
        fleet,
        variant,
        isShadow,
        requests: 0,
        errors: 0,
        latencyMs: new Distribution(),
      };
      this.#cells.set(key, cell);
    }
    cell.requests += count;
    if (failed) cell.errors += count;
    if (latencyMs !== undefined) cell.latencyMs.add(latencyMs, count);
  }

  /** The same in every minute from the open one on, at its end, until the returned function is called. */
  repeat(names: Names, minute: SteadyMinute): () => void {
    const run: Run = { names, minute, fromMs: openMinute(this.#clock), toMs: Number.POSITIVE_INFINITY };
    this.#runs.push(run);
    return () => {
      run.toMs = openMinute(this.#clock);
    };
  }

  rows(): TrafficRow[] {
    for (const run of this.#runs) this.#writeOut(run);
    return [...this.#cells.values()]
      .sort((a, b) => a.atMs - b.atMs || (nameOf(a) < nameOf(b) ? -1 : 1))
      .map(({ atMs, fleet, variant, isShadow, requests, errors, latencyMs }) => ({
        atMs,
        fleet,
        variant,
        isShadow,
        requests,
        errors,
        p50Ms: latencyMs.count > 0 ? latencyMs.percentile(50) : 0,
        p99Ms: latencyMs.count > 0 ? latencyMs.percentile(99) : 0,
      }));
  }

  #writeOut(run: Run): void {
    const { requests, errors, modelLatencyMs } = run.minute;
    const untilMs = Math.min(run.toMs, openMinute(this.#clock));
    for (; run.fromMs < untilMs; run.fromMs += MINUTE_MS) {
      const endMs = run.fromMs + MINUTE_MS - 1;
      if (requests > errors) this.add(run.names, false, modelLatencyMs, endMs, requests - errors);
      if (errors > 0) this.add(run.names, true, modelLatencyMs, endMs, errors);
    }
  }
}

const nameOf = ({ fleet, variant }: Cell): string => `${fleet}/${variant}`;
