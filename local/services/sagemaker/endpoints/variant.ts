import type { FleetSpec } from '../../../runners/runner.ts';
import type { World } from '../../../world.ts';
import type { Slot } from './router.ts';
import type { ProductionVariant, VariantStatusName } from './shapes.ts';
import type { EndpointConfig, Store } from './store.ts';

/** One variant, production or shadow, on one fleet. */
export interface Variant {
  readonly name: string;
  readonly isShadow: boolean;
  readonly instanceType: string;
  readonly image: { SpecifiedImage: string; ResolvedImage: string; ResolutionTime: Date };
  readonly executionRoleArn: string | undefined;
  readonly isFromMarketplace: boolean;
  /** What its fleet has to run. */
  readonly fleet: FleetSpec;
  weight: number;
  desiredWeight: number;
  instanceCount: number;
  desiredInstanceCount: number;
  statuses?: readonly { Status: VariantStatusName; StatusMessage?: string; StartTime: Date }[];
  /** Its fleet's place at the router, once it is ready. */
  slot?: Slot;
}

/** `/ping` must answer 200 this soon unless the variant says otherwise. Source: "Custom inference code with hosting services". */
const HEALTH_CHECK_SECONDS = 240;

/** Live values that an update keeps (`RetainAllVariantProperties`), by variant name. */
export type Retained = ReadonlyMap<string, { readonly weight?: number; readonly instanceCount?: number }>;

/**
 * The variants of `config`, its shadow last, as they would be started now.
 *
 * @throws AwsError if a model has been deleted since the config was made
 */
export function variantsOf(
  world: World,
  store: Store,
  endpointName: string,
  config: EndpointConfig,
  retained: Retained = new Map(),
): Variant[] {
  const ofKind =
    (isShadow: boolean) =>
    (variant: ProductionVariant): Variant => {
      const model = store.model(variant.ModelName!);
      const kept = retained.get(variant.VariantName);
      const weight = kept?.weight ?? variant.InitialVariantWeight ?? 1;
      const desiredInstanceCount = kept?.instanceCount ?? variant.InitialInstanceCount!;
      const imageUri = model.container.Image!;
      const data = model.container.ModelDataUrl;
      return {
        name: variant.VariantName,
        isShadow,
        instanceType: variant.InstanceType!,
        image: {
          SpecifiedImage: imageUri,
          ResolvedImage: resolved(world, imageUri),
          ResolutionTime: new Date(world.clock.now()),
        },
        isFromMarketplace: model.container.ProductId !== undefined,
        executionRoleArn: config.request.ExecutionRoleArn ?? model.executionRoleArn,
        fleet: {
          endpointName,
          endpointConfigName: config.name,
          variantName: variant.VariantName,
          instanceCount: desiredInstanceCount,
          imageUri,
          ...(data === undefined ? {} : { modelDataUrl: data }),
          environment: model.container.Environment ?? {},
          startUpSeconds: variant.ContainerStartupHealthCheckTimeoutInSeconds ?? HEALTH_CHECK_SECONDS,
        },
        weight,
        desiredWeight: weight,
        instanceCount: 0,
        desiredInstanceCount,
      };
    };
  return [...config.variants.map(ofKind(false)), ...config.shadows.map(ofKind(true))];
}

/** The image by its digest, where this account's registry knows it. */
function resolved(world: World, imageUri: string): string {
  try {
    const image = world.ecr.resolve(imageUri);
    return `${imageUri.split('/')[0]}/${image.repository}@${image.digest}`;
  } catch {
    return imageUri;
  }
}
