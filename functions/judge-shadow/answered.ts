import type { MetricSeries } from '#shared/generated/contracts.ts';

export type Who = 'champion' | 'challenger';

/** What one of the two did with its requests while the trial lasted. */
export interface Answered {
  readonly who: Who;
  readonly requests: number;
  /** 5xx answers in percent of the requests; 0 without any. */
  readonly errorPercent: number;
  /** 99th percentile of the model's latency; undefined when CloudWatch tells none. */
  readonly p99Ms: number | undefined;
}

export function answeredBy(who: Who, metrics: readonly MetricSeries[]): Answered {
  const requests = pointsOf(`${who}Requests`, metrics);
  const total = sum([...requests.values()]);
  const errors = sum([...pointsOf(`${who}Errors`, metrics).values()]);
  return {
    who,
    requests: total,
    errorPercent: total === 0 ? 0 : (100 * errors) / total,
    p99Ms: weightedMean(pointsOf(`${who}P99`, metrics), requests, total),
  };
}

/** A series by its times; one that is told in several pieces is one. */
function pointsOf(id: MetricSeries['Id'], metrics: readonly MetricSeries[]): Map<string, number> {
  const pieces = metrics.filter((series) => series.Id === id);
  return new Map(
    pieces.flatMap(({ Timestamps, Values }) =>
      Values.map((value, index) => [Timestamps[index]!, value] as const),
    ),
  );
}

/**
 * A percentile of the whole cannot be had from those of its parts. Their mean
 * by requests gives a quiet minute with one slow answer no more weight than it
 * has; CloudWatch counts in microseconds.
 */
function weightedMean(
  latencies: ReadonlyMap<string, number>,
  requests: ReadonlyMap<string, number>,
  total: number,
): number | undefined {
  if (total === 0) return undefined;
  const parts = [...latencies].map(([at, latency]) => [latency, requests.get(at) ?? 0] as const);
  const weights = sum(parts.map(([, weight]) => weight));
  if (weights === 0) return undefined;
  return sum(parts.map(([latency, weight]) => latency * weight)) / weights / 1000;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
