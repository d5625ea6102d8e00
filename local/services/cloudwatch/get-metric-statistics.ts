import { AwsError, notModelled } from '../../aws-error.ts';
import type { CloudWatch } from './cloudwatch.ts';
import { isKnownStatistic } from './distribution.ts';
import { epochMs } from './put-metric-data.ts';

interface GetMetricStatisticsInput {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly StartTime: Date | number | string;
  readonly EndTime: Date | number | string;
  readonly Period: number;
  readonly Statistics?: readonly string[];
  readonly ExtendedStatistics?: readonly string[];
}

const MOST_DATAPOINTS = 1_440;

/**
 * One metric's statistics per period, oldest first (AWS promises no order).
 *
 * @throws AwsError InvalidParameterValue, InvalidParameterCombination
 * Source of the texts: answers of CloudWatch recorded in public by LocalStack's parity tests.
 */
export function getMetricStatistics(cloudwatch: CloudWatch, input: GetMetricStatisticsInput) {
  const [startMs, endMs] = [epochMs(input.StartTime), epochMs(input.EndTime)];
  const periodMs = input.Period * 1000;
  if (startMs >= endMs) {
    throw new AwsError(
      'InvalidParameterValue',
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  }
  if (input.Period % 60 !== 0) throw notModelled('A period below 60 seconds');
  const wanted = Math.floor((endMs - startMs) / periodMs);
  if (wanted > MOST_DATAPOINTS) {
    throw new AwsError(
      'InvalidParameterCombination',
      `You have requested up to ${wanted} datapoints, which exceeds the limit of ${MOST_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const { Statistics = [], ExtendedStatistics = [] } = input;
  const unknown = [...Statistics, ...ExtendedStatistics].find((name) => !isKnownStatistic(name));
  if (unknown !== undefined) throw notModelled(`The statistic ${unknown}`);

  const dimensions = Object.fromEntries((input.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
  const series = cloudwatch.series(input.Namespace, input.MetricName, dimensions);
  const Datapoints: Record<string, unknown>[] = [];
  for (let atMs = Math.floor(startMs / periodMs) * periodMs; atMs < endMs; atMs += periodMs) {
    const measured = series.between(atMs, atMs + periodMs);
    if (measured === undefined) continue;
    const values = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, measured.statistic(name)]));
    Datapoints.push({
      Timestamp: new Date(atMs),
      ...values(Statistics),
      ...(ExtendedStatistics.length > 0 ? { ExtendedStatistics: values(ExtendedStatistics) } : {}),
    });
  }
  return { Label: input.MetricName, Datapoints };
}
