import type { Clock } from '../../clock/clock.ts';
import { Distribution } from './distribution.ts';

/** CloudWatch keeps standard metrics by the minute; so does this store. */
export const MINUTE_MS = 60_000;

export const minuteOf = (atMs: number): number => Math.floor(atMs / MINUTE_MS) * MINUTE_MS;

/** The start of the first minute that is not over yet; a minute is over in its last millisecond. */
export const openMinute = (clock: Pick<Clock, 'now'>): number => minuteOf(clock.now() + 1);

export type Dimensions = Readonly<Record<string, string>>;

/** Minutes that are all alike, from `fromMs` on and, once it has ended, before `toMs`. */
interface Run {
  readonly fromMs: number;
  toMs: number;
  readonly each: Distribution;
}

const isGoing = ({ toMs }: Run): boolean => toMs === Number.POSITIVE_INFINITY;

/** One metric with one set of dimensions: to CloudWatch, another set is another metric. */
export class Series {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #minutes = new Map<number, Distribution>();
  readonly #runs: Run[] = [];
  readonly #sleepers = new Set<() => void>();
  #latestMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'now'>, namespace: string, metricName: string, dimensions: Dimensions) {
    this.#clock = clock;
    this.namespace = namespace;
    this.metricName = metricName;
    this.dimensions = dimensions;
  }

  /** The start of the latest minute that has data. */
  get latestMs(): number {
    const openMs = openMinute(this.#clock);
    let latestMs = this.#latestMs;
    for (const { fromMs, toMs } of this.#runs) {
      const lastMs = Math.min(toMs, openMs) - MINUTE_MS;
      if (lastMs >= fromMs && lastMs > latestMs) latestMs = lastMs;
    }
    return latestMs;
  }

  /** Counts `value` as measured `count` times at `atMs`. */
  record(value: number, atMs: number, count = 1): void {
    this.#minute(atMs).add(value, count);
    this.#wake();
  }

  recordSummary(set: { count: number; sum: number; minimum: number; maximum: number }, atMs: number): void {
    this.#minute(atMs).addSummary(set);
    this.#wake();
  }

  /**
   * From the open minute on each one measures the same, until the returned function is called: a month of
   * them costs what one does. `each` must not change any more.
   */
  repeat(each: Distribution): () => void {
    const run: Run = { fromMs: openMinute(this.#clock), toMs: Number.POSITIVE_INFINITY, each };
    this.#runs.push(run);
    this.#wake();
    return () => {
      run.toMs = Math.max(run.fromMs, openMinute(this.#clock));
      if (run.toMs === run.fromMs) this.#runs.splice(this.#runs.indexOf(run), 1);
      this.#wake();
    };
  }

  /** Whether minutes go on repeating. */
  get isRepeating(): boolean {
    return this.#runs.some(isGoing);
  }

  /** Whether all that was measured since `startMs` repeats and goes on: then what comes next is no news. */
  isSteadySince(startMs: number): boolean {
    if (!this.isRepeating || this.#latestMs >= startMs) return false;
    return this.#runs.every((run) => run.toMs <= startMs || (isGoing(run) && run.fromMs <= startMs));
  }

  /** Everything measured in [startMs, endMs), both whole minutes; undefined if nothing was. */
  between(startMs: number, endMs: number): Distribution | undefined {
    if (endMs - startMs === MINUTE_MS) return this.#during(startMs);
    let whole: Distribution | undefined;
    for (let atMs = startMs; atMs < endMs; atMs += MINUTE_MS) {
      const minute = this.#during(atMs);
      if (minute === undefined) continue;
      whole ??= new Distribution();
      whole.merge(minute);
    }
    return whole;
  }

  /** Calls `wake` once, at the next measurement: an alarm without data needs no timer. Returns how to call it off. */
  atNextMeasurement(wake: () => void): () => void {
    this.#sleepers.add(wake);
    return () => this.#sleepers.delete(wake);
  }

  #during(startMs: number): Distribution | undefined {
    const single = this.#minutes.get(startMs);
    if (this.#runs.length === 0) return single;
    const isOver = startMs < openMinute(this.#clock);
    const runs = this.#runs.filter(({ fromMs, toMs }) => isOver && fromMs <= startMs && startMs < toMs);
    if (runs.length === 0) return single;
    if (runs.length === 1 && single === undefined) return runs[0]!.each;
    const whole = new Distribution();
    for (const { each } of runs) whole.merge(each);
    if (single !== undefined) whole.merge(single);
    return whole;
  }

  #minute(atMs: number): Distribution {
    const startMs = minuteOf(atMs);
    let minute = this.#minutes.get(startMs);
    if (minute === undefined) {
      minute = new Distribution();
      this.#minutes.set(startMs, minute);
      if (startMs > this.#latestMs) this.#latestMs = startMs;
    }
    return minute;
  }

  #wake(): void {
    if (this.#sleepers.size === 0) return;
    const sleepers = [...this.#sleepers];
    this.#sleepers.clear();
    for (const wake of sleepers) wake();
  }
}

/** All metrics of the account. A metric exists as soon as somebody measures or watches it. */
export class MetricStore {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #series = new Map<string, Series>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  series(namespace: string, metricName: string, dimensions: Dimensions): Series {
    const sorted = Object.keys(dimensions).sort();
    const key = JSON.stringify([namespace, metricName, sorted.map((name) => [name, dimensions[name]])]);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = new Series(this.#clock, namespace, metricName, dimensions);
      this.#series.set(key, series);
    }
    return series;
  }

  /** Those with any data; an alarm alone makes no metric. */
  *measured(): Iterable<Series> {
    for (const series of this.#series.values()) if (series.latestMs > Number.NEGATIVE_INFINITY) yield series;
  }
}
