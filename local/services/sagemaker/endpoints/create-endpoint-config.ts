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
  const { ProductionVariants: answering, ShadowProductionVariants: shadows = [] } = input;
  refuseUnmodelled(input, [...answering, ...shadows]);
  checkVariants(store, [...answering, ...shadows]);
  if (shadows.length > 0) checkShadow(answering, shadows);
  const { Tags: tags = [], ...request } = input;
  const config: EndpointConfig = {
    name: input.EndpointConfigName,
    arn,
    createdMs: world.clock.now(),
    request: request as unknown as EndpointConfig['request'],
    variants: answering.map(withWeight),
    shadows: shadows.map(withWeight),
  };
  world.sagemaker.tags.add(arn, tags);
  store.configs.set(config.name, config);
  world.journal.write(`sagemaker/endpoint-config/${config.name}`, 'created');
  emitConfigChange(world, config);
  return { EndpointConfigArn: arn };
}

const withWeight = (variant: ProductionVariant): ProductionVariant => ({
  InitialVariantWeight: 1,
  ...variant,
});

function checkVariants(store: Store, variants: readonly ProductionVariant[]): void {
  const names = variants.map(({ VariantName }) => VariantName);
  if (new Set(names).size < names.length)
    throw validationError('Variant names must be unique within an endpoint configuration.');
  for (const variant of variants) {
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
}

/** Sources: sagemaker model, `ShadowProductionVariants`; guide, "Shadow tests", exclusions. The words are ours. */
function checkShadow(answering: readonly ProductionVariant[], shadows: readonly ProductionVariant[]): void {
  if (answering.length > 1 || shadows.length > 1) {
    throw validationError(
      'With ShadowProductionVariants an endpoint configuration has exactly one production variant and one shadow variant.',
    );
  }
  const excluded = [...answering, ...shadows].find(({ InstanceType }) =>
    InstanceType!.startsWith('ml.inf1.'),
  );
  if (excluded !== undefined)
    throw validationError(`Shadow variants are not supported on ${excluded.InstanceType}.`);
}

function refuseUnmodelled(input: CreateEndpointConfigInput, variants: readonly ProductionVariant[]): void {
  const unmodelled = [
    input.AsyncInferenceConfig ? 'AsyncInferenceConfig' : undefined,
    variants.some(({ ServerlessConfig }) => ServerlessConfig) ? 'ServerlessConfig' : undefined,
    variants.some(({ InstancePools }) => InstancePools) ? 'InstancePools' : undefined,
    variants.some(({ AcceleratorType }) => AcceleratorType) ? 'AcceleratorType' : undefined,
    input.ExplainerConfig ? 'ExplainerConfig' : undefined,
    variants.some(({ ModelName }) => !ModelName) ? 'A variant without a ModelName' : undefined,
  ].find((field) => field !== undefined);
  if (unmodelled) throw notModelled(unmodelled);
}
