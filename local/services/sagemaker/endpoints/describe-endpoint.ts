import type { Endpoint, VariantView } from './endpoint.ts';
import type { Store } from './store.ts';

export function describeEndpoint(store: Store, input: { EndpointName: string }): Record<string, unknown> {
  const endpoint = store.endpoint(input.EndpointName);
  return {
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    EndpointConfigName: endpoint.configName,
    ...(endpoint.variants.length > 0 ? { ProductionVariants: endpoint.variantViews() } : {}),
    ...shadows(endpoint.variantViews(true)),
    ...captureSummary(endpoint),
    EndpointStatus: endpoint.status,
    ...(endpoint.failureReason === undefined ? {} : { FailureReason: endpoint.failureReason }),
    CreationTime: new Date(endpoint.createdMs),
    LastModifiedTime: new Date(endpoint.modifiedMs),
    ...(endpoint.lastDeploymentConfig === undefined
      ? {}
      : { LastDeploymentConfig: endpoint.lastDeploymentConfig }),
    ...(endpoint.pending === undefined
      ? {}
      : {
          PendingDeploymentSummary: {
            EndpointConfigName: endpoint.pending.configName,
            ProductionVariants: endpoint.pendingViews(),
            ...shadows(endpoint.pendingViews(true)),
            StartTime: new Date(endpoint.pending.startMs),
          },
        }),
  };
}

const shadows = (views: readonly VariantView[]): Record<string, unknown> =>
  views.length > 0 ? { ShadowProductionVariants: views } : {};

/** Capture is described, not done: no capture files are written here. */
function captureSummary({ dataCapture, status }: Endpoint): Record<string, unknown> {
  if (dataCapture === undefined) return {};
  const enabled = dataCapture.EnableCapture ?? true;
  return {
    DataCaptureConfig: {
      EnableCapture: enabled,
      CaptureStatus: enabled && status === 'InService' ? 'Started' : 'Stopped',
      CurrentSamplingPercentage: dataCapture.InitialSamplingPercentage,
      DestinationS3Uri: dataCapture.DestinationS3Uri,
      KmsKeyId: dataCapture.KmsKeyId ?? '',
    },
  };
}
