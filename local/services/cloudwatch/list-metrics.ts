import type { CloudWatch } from './cloudwatch.ts';

interface ListMetricsInput {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly NextToken?: string;
}

/** AWS gives out 500 at a time. */
const PER_PAGE = 500;

/** Metrics that were measured and have the wanted dimensions, whatever others they have. */
export function listMetrics(cloudwatch: CloudWatch, input: ListMetricsInput): Record<string, unknown> {
  const found = [...cloudwatch.metrics.measured()].filter(
    ({ namespace, metricName, dimensions }) =>
      (input.Namespace ?? namespace) === namespace &&
      (input.MetricName ?? metricName) === metricName &&
      (input.Dimensions ?? []).every(
        ({ Name, Value }) => Name in dimensions && (Value ?? dimensions[Name]) === dimensions[Name],
      ),
  );
  const from = input.NextToken === undefined ? 0 : Number(Buffer.from(input.NextToken, 'base64').toString());
  const to = from + PER_PAGE;
  return {
    Metrics: found.slice(from, to).map(({ namespace, metricName, dimensions }) => ({
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    ...(to < found.length ? { NextToken: Buffer.from(String(to)).toString('base64') } : {}),
  };
}
