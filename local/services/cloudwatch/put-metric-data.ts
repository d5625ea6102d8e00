import { AwsError } from '../../aws-error.ts';
import type { World } from '../../world.ts';
import type { CloudWatch } from './cloudwatch.ts';

interface MetricDatum {
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Timestamp?: Date | number | string;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly StatisticValues?: { SampleCount: number; Sum: number; Minimum: number; Maximum: number };
}

interface PutMetricDataInput {
  readonly Namespace: string;
  readonly MetricData?: readonly MetricDatum[];
}

/** Own measurements: single values, values with counts, or a statistic set. */
export function putMetricData(
  cloudwatch: CloudWatch,
  world: World,
  input: PutMetricDataInput,
): Record<string, never> {
  if (input.Namespace.startsWith('AWS/')) {
    throw new AwsError('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.');
  }
  const data = input.MetricData ?? [];
  data.forEach(check);
  for (const datum of data) {
    const dimensions = Object.fromEntries((datum.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
    const series = cloudwatch.series(input.Namespace, datum.MetricName, dimensions);
    const atMs = datum.Timestamp === undefined ? world.clock.now() : epochMs(datum.Timestamp);
    if (datum.Value !== undefined) series.record(datum.Value, atMs);
    datum.Values?.forEach((value, index) => {
      series.record(value, atMs, datum.Counts?.[index] ?? 1);
    });
    if (datum.StatisticValues !== undefined) {
      const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = datum.StatisticValues;
      series.recordSummary({ count, sum, minimum, maximum }, atMs);
    }
  }
  return {};
}

/**
 * @throws AwsError InvalidParameterCombination, InvalidParameterValue
 * Source of the texts: answers of CloudWatch recorded in public by LocalStack's parity tests.
 */
function check(datum: MetricDatum, index: number): void {
  const at = `MetricData.member.${index + 1}`;
  const { Value, Values, Counts, StatisticValues } = datum;
  const other =
    Values !== undefined ? 'Values' : StatisticValues !== undefined ? 'StatisticValues' : undefined;
  if (Value !== undefined && other !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      `The parameters ${at}.Value and ${at}.${other} are mutually exclusive and you have specified both.`,
    );
  }
  if (Counts !== undefined && Counts.length !== (Values?.length ?? 0)) {
    throw new AwsError(
      'InvalidParameterValue',
      `The parameters ${at}.Values and ${at}.Counts must be of the same size.`,
    );
  }
}

/** A time as callers give it: a Date, epoch seconds (AWS's JSON protocols), or ISO text. */
export function epochMs(time: Date | number | string): number {
  if (typeof time === 'number') return time < 1e11 ? time * 1000 : time;
  return new Date(time).getTime();
}
