/** The statistics CloudWatch knows by name; percentiles are asked for as `p50`, `p99.9` … */
export type Statistic = 'SampleCount' | 'Average' | 'Sum' | 'Minimum' | 'Maximum';

const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/** True for the statistics that can be computed here. Trimmed means and other extended ones cannot. */
export const isKnownStatistic = (name: string): boolean =>
  ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'].includes(name) || PERCENTILE.test(name);

/**
 * Numbers counted together. Equal values share one entry, so a minute of ten
 * thousand ones and zeros costs two entries, and percentiles stay exact.
 */
export class Distribution {
  readonly #counts = new Map<number, number>();
  count = 0;
  sum = 0;
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;

  add(value: number, count = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
    this.addSummary({ count, sum: value * count, minimum: value, maximum: value });
  }

  /** A statistic set (`PutMetricData.StatisticValues`): its single values are not known, so percentiles leave it out. */
  addSummary(set: { count: number; sum: number; minimum: number; maximum: number }): void {
    this.count += set.count;
    this.sum += set.sum;
    this.minimum = Math.min(this.minimum, set.minimum);
    this.maximum = Math.max(this.maximum, set.maximum);
  }

  merge(other: Distribution): void {
    for (const [value, count] of other.#counts)
      this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
    this.addSummary(other);
  }

  statistic(name: string): number {
    if (name === 'SampleCount') return this.count;
    if (name === 'Average') return this.sum / this.count;
    if (name === 'Sum') return this.sum;
    if (name === 'Minimum') return this.minimum;
    if (name === 'Maximum') return this.maximum;
    const percent = PERCENTILE.exec(name)?.[1];
    if (percent === undefined) throw new Error(`The statistic ${name} is not modelled.`);
    return this.percentile(Number(percent));
  }

  /** Nearest rank: the smallest value that at least `percent` of the samples do not exceed. */
  percentile(percent: number): number {
    const entries = [...this.#counts].sort(([a], [b]) => a - b);
    const total = entries.reduce((sum, [, count]) => sum + count, 0);
    const rank = Math.max(1, Math.ceil((percent / 100) * total));
    let seen = 0;
    for (const [value, count] of entries) {
      seen += count;
      if (seen >= rank) return value;
    }
    return this.maximum;
  }
}
