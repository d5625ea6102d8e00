import { notModelled, validationError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';
import type { Tag } from '../tags/tags.ts';
import { emitConfigChange } from './events.ts';
import type { DataCaptureConfig, ProductionVariant } from './shapes.ts';
import { type EndpointConfig, refuseExisting, type Store } from './store.ts';

interface CreateEndpointConfigInput {
  readonly EndpointConfigName: string;
  readonly ProductionVariants: readonly ProductionVariant[];
  readonly ShadowProductionVariants?: readonly ProductionVariant[];
  readonly AsyncInferenceConfig?: unknown;
  readonly ExplainerConfig?: unknown;
  readonly DataCaptureConfig?: DataCaptureConfig;
  readonly ExecutionRoleArn?: string;
  readonly Tags?: readonly Tag[];
}

/** Never changed afterwards: what is to serve differently gets a config of its own. Its models must exist. */
export function createEndpointConfig(world: World, store: Store, input: CreateEndpointConfigInput) {
  const arn = store.arn('endpoint-config', input.EndpointConfigName);
  if (store.configs.has(input.EndpointConfigName)) refuseExisting('endpoint configuration', arn);
  refuseUnmodelled(input);
  const names = input.ProductionVariants.map(({ VariantName }) => VariantName);
  if (new Set(names).size < names.length)
    throw validationError('Variant names must be unique within an endpoint configuration.');
  for (const variant of input.ProductionVariants) {
    if (variant.ManagedInstanceScaling !== undefined) {
      throw validationError('ManagedInstanceScaling is only supported for inference component endpoints.');
    }
    store.model(variant.ModelName!);
    if (variant.InitialInstanceCount === undefined || variant.InstanceType === undefined) {
      throw validationError(
        `Production variant ${variant.VariantName} needs InstanceType and InitialInstanceCount.`,
      );
    }
  }
  const { Tags: tags = [], ...request } = input;
  const config: EndpointConfig = {
    name: input.EndpointConfigName,
    arn,
    createdMs: world.clock.now(),
    request: request as unknown as EndpointConfig['request'],
    variants: input.ProductionVariants.map((variant) => ({ InitialVariantWeight: 1, ...variant })),
  };
  world.sagemaker.tags.add(arn, tags);
  store.configs.set(config.name, config);
  world.journal.write(`sagemaker/endpoint-config/${config.name}`, 'created');
  emitConfigChange(world, config);
  return { EndpointConfigArn: arn };
}

function refuseUnmodelled(input: CreateEndpointConfigInput): void {
  const unmodelled = [
    input.ShadowProductionVariants?.length ? 'ShadowProductionVariants' : undefined,
    input.AsyncInferenceConfig ? 'AsyncInferenceConfig' : undefined,
    input.ProductionVariants.some(({ ServerlessConfig }) => ServerlessConfig)
      ? 'ServerlessConfig'
      : undefined,
    input.ProductionVariants.some(({ InstancePools }) => InstancePools) ? 'InstancePools' : undefined,
    input.ProductionVariants.some(({ AcceleratorType }) => AcceleratorType) ? 'AcceleratorType' : undefined,
    input.ExplainerConfig ? 'ExplainerConfig' : undefined,
    input.ProductionVariants.some(({ ModelName }) => !ModelName)
      ? 'A variant without a ModelName'
      : undefined,
  ].find((field) => field !== undefined);
  if (unmodelled) throw notModelled(unmodelled);
}
