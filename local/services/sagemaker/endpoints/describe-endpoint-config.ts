import type { Store } from './store.ts';

export function describeEndpointConfig(
  store: Store,
  input: { EndpointConfigName: string },
): Record<string, unknown> {
  const config = store.config(input.EndpointConfigName);
  return {
    EnableNetworkIsolation: false,
    ...config.request,
    EndpointConfigName: config.name,
    EndpointConfigArn: config.arn,
    ProductionVariants: config.variants,
    ...(config.shadows.length > 0 ? { ShadowProductionVariants: config.shadows } : {}),
    CreationTime: new Date(config.createdMs),
  };
}
