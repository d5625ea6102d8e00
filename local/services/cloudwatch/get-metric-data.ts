import { notModelled } from '../../aws-error.ts';
import { validationError } from './alarm-config.ts';
import type { CloudWatch } from './cloudwatch.ts';
import { isKnownStatistic } from './distribution.ts';
import { minuteOf } from './metric-store.ts';
import { epochMs } from './put-metric-data.ts';

interface MetricDataQuery {
  readonly Id: string;
  readonly Label?: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

interface GetMetricDataInput {
  readonly MetricDataQueries: readonly MetricDataQuery[];
  readonly StartTime: Date | number | string;
  readonly EndTime: Date | number | string;
  readonly ScanBy?: 'TimestampDescending' | 'TimestampAscending';
}

/** Statistics per period, newest first unless asked otherwise. Metric math is not modelled; all data comes in one page. */
export function getMetricData(cloudwatch: CloudWatch, input: GetMetricDataInput): Record<string, unknown> {
  const startMs = minuteOf(epochMs(input.StartTime));
  const endMs = epochMs(input.EndTime);
  if (endMs <= startMs) throw validationError('The parameter EndTime must be greater than StartTime.');
  return {
    MetricDataResults: input.MetricDataQueries.filter((query) => query.ReturnData !== false).map((query) => {
      const points = pointsOf(cloudwatch, query, startMs, endMs);
      if (input.ScanBy !== 'TimestampAscending') points.reverse();
      return {
        Id: query.Id,
        Label: query.Label ?? query.MetricStat!.Metric.MetricName,
        Timestamps: points.map(({ atMs }) => new Date(atMs)),
        Values: points.map(({ value }) => value),
        StatusCode: 'Complete',
      };
    }),
    Messages: [],
  };
}

function pointsOf(cloudwatch: CloudWatch, query: MetricDataQuery, startMs: number, endMs: number) {
  if (query.MetricStat === undefined) throw notModelled('Metric math in GetMetricData');
  const { Metric: metric, Period: periodSeconds, Stat: statistic } = query.MetricStat;
  if (!isKnownStatistic(statistic)) throw notModelled(`The statistic ${statistic}`);
  if (periodSeconds % 60 !== 0) throw notModelled('A period below 60 seconds');
  const dimensions = Object.fromEntries((metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
  const series = cloudwatch.series(metric.Namespace, metric.MetricName, dimensions);
  const periodMs = periodSeconds * 1000;
  const points: { atMs: number; value: number }[] = [];
  for (let atMs = Math.floor(startMs / periodMs) * periodMs; atMs < endMs; atMs += periodMs) {
    const measured = series.between(atMs, atMs + periodMs);
    if (measured !== undefined) points.push({ atMs, value: measured.statistic(statistic) });
  }
  return points;
}
