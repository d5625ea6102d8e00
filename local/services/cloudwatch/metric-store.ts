import { Distribution } from './distribution.ts';

/** CloudWatch keeps standard metrics by the minute; so does this store. */
export const MINUTE_MS = 60_000;

export const minuteOf = (atMs: number): number => Math.floor(atMs / MINUTE_MS) * MINUTE_MS;

export type Dimensions = Readonly<Record<string, string>>;

/** One metric with one set of dimensions: to CloudWatch, another set is another metric. */
export class Series {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
  /** The start of the latest minute that has data. */
  latestMs = Number.NEGATIVE_INFINITY;
  readonly #minutes = new Map<number, Distribution>();
  readonly #sleepers = new Set<() => void>();

  constructor(namespace: string, metricName: string, dimensions: Dimensions) {
    this.namespace = namespace;
    this.metricName = metricName;
    this.dimensions = dimensions;
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

  /** Everything measured in [startMs, endMs), both whole minutes; undefined if nothing was. */
  between(startMs: number, endMs: number): Distribution | undefined {
    if (endMs - startMs === MINUTE_MS) return this.#minutes.get(startMs);
    let whole: Distribution | undefined;
    for (let atMs = startMs; atMs < endMs; atMs += MINUTE_MS) {
      const minute = this.#minutes.get(atMs);
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

  #minute(atMs: number): Distribution {
    const startMs = minuteOf(atMs);
    let minute = this.#minutes.get(startMs);
    if (minute === undefined) {
      minute = new Distribution();
      this.#minutes.set(startMs, minute);
      if (startMs > this.latestMs) this.latestMs = startMs;
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
  readonly #series = new Map<string, Series>();

  series(namespace: string, metricName: string, dimensions: Dimensions): Series {
    const sorted = Object.keys(dimensions).sort();
    const key = JSON.stringify([namespace, metricName, sorted.map((name) => [name, dimensions[name]])]);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = new Series(namespace, metricName, dimensions);
      this.#series.set(key, series);
    }
    return series;
  }

  /** Those with any data; an alarm alone makes no metric. */
  *measured(): Iterable<Series> {
    for (const series of this.#series.values()) if (series.latestMs > Number.NEGATIVE_INFINITY) yield series;
  }
}
