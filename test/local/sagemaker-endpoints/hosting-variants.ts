import type { HostingWorld } from './hosting-world.ts';

/** A variant of a config with the model of this release. */
export const variant = (name: string, release: string, weight: number, instanceCount = 2) => ({
  VariantName: name,
  ModelName: release,
  InstanceType: 'ml.c5.large',
  InitialInstanceCount: instanceCount,
  InitialVariantWeight: weight,
});

/** A config of these variants, the shadow after the others if there is one. */
export const config = (
  hosting: HostingWorld,
  name: string,
  answering: ReturnType<typeof variant>[],
  shadow?: ReturnType<typeof variant>,
): Promise<unknown> =>
  hosting.call('CreateEndpointConfig', {
    EndpointConfigName: name,
    ProductionVariants: answering,
    ...(shadow === undefined ? {} : { ShadowProductionVariants: [shadow] }),
  });

/** Requests since `fromMs` by `<config>/<variant>`, those copied to a shadow under `shadow <config>/<variant>`. */
export function requestsSince(hosting: HostingWorld, fromMs: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of hosting.world.sagemaker.endpoints.traffic('flights')) {
    if (row.atMs < fromMs) continue;
    const key = `${row.isShadow ? 'shadow ' : ''}${row.fleet}/${row.variant}`;
    counts[key] = (counts[key] ?? 0) + row.requests;
  }
  return counts;
}

/** A metric of one variant on the day of `fromMs`, as CloudWatch has it. */
export async function metric(
  hosting: HostingWorld,
  fromMs: number,
  variantName: string,
  metricName: string,
  statistic: string,
  configName?: string,
): Promise<number | undefined> {
  const { Datapoints: points } = await hosting.call('GetMetricStatistics', {
    Namespace: 'AWS/SageMaker',
    MetricName: metricName,
    Dimensions: [
      { Name: 'EndpointName', Value: 'flights' },
      { Name: 'VariantName', Value: variantName },
      ...(configName === undefined ? [] : [{ Name: 'EndpointConfigName', Value: configName }]),
    ],
    StartTime: new Date(fromMs),
    EndTime: new Date(fromMs + 86_400_000),
    Period: 86_400,
    Statistics: [statistic],
  });
  return points[0]?.[statistic];
}
