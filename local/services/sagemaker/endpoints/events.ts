import type { World } from '../../../world.ts';
import type { Endpoint, VariantView } from './endpoint.ts';
import type { EndpointConfig, Model } from './store.ts';

/**
 * SageMaker's events about hosting. Fields are those of `Describe…`, except that
 * statuses are UPPER_SNAKE, times epoch milliseconds and tags a map.
 * Source: SageMaker developer guide, "Automating with EventBridge"; schema registry `aws.sagemaker@*`.
 */
export function emitEndpointChange(world: World, endpoint: Endpoint, status: string): void {
  world.events.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Endpoint State Change',
    resources: [endpoint.arn],
    detail: {
      EndpointName: endpoint.name,
      EndpointArn: endpoint.arn,
      EndpointConfigName: endpoint.configName,
      ProductionVariants: endpoint.variantViews().map(inEvent),
      EndpointStatus: upperSnake(status),
      ...(endpoint.failureReason === undefined ? {} : { FailureReason: endpoint.failureReason }),
      CreationTime: endpoint.createdMs,
      LastModifiedTime: endpoint.modifiedMs,
      Tags: world.sagemaker.tags.of(endpoint.arn),
    },
  });
}

/** Progress of a guarded update. */
export function emitDeploymentChange(world: World, endpoint: Endpoint): void {
  const pending = endpoint.pending;
  if (pending === undefined) return;
  world.events.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Endpoint Deployment State Change',
    resources: [endpoint.arn],
    detail: {
      EndpointName: endpoint.name,
      EndpointArn: endpoint.arn,
      EndpointStatus: upperSnake(endpoint.status),
      EndpointConfigName: endpoint.configName,
      ProductionVariants: endpoint.variantViews().map(inEvent),
      PendingDeploymentSummary: {
        EndpointConfigName: pending.configName,
        StartTime: pending.startMs,
        ProductionVariants: endpoint.pendingViews().map(inEvent),
      },
    },
  });
}

export function emitModelChange(world: World, model: Model): void {
  world.events.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Model State Change',
    resources: [model.arn],
    detail: {
      ...model.request,
      ModelArn: model.arn,
      CreationTime: model.createdMs,
      Tags: world.sagemaker.tags.of(model.arn),
    },
  });
}

export function emitConfigChange(world: World, config: EndpointConfig): void {
  world.events.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Endpoint Config State Change',
    resources: [config.arn],
    detail: {
      EndpointConfigName: config.name,
      EndpointConfigArn: config.arn,
      ProductionVariants: config.variants,
      CreationTime: config.createdMs,
      Tags: world.sagemaker.tags.of(config.arn),
    },
  });
}

const upperSnake = (status: string): string => status.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

function inEvent(view: VariantView): Record<string, unknown> {
  const { DeployedImages: _images, VariantStatus, ...rest } = view;
  if (VariantStatus === undefined) return rest;
  const statuses = VariantStatus.map((status) => ({ ...status, StartTime: status.StartTime.getTime() }));
  return { ...rest, VariantStatus: statuses };
}
