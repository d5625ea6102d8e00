import { validationError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import { fleetSeconds } from './launch.ts';
import type { Store } from './store.ts';

interface UpdateEndpointWeightsAndCapacitiesInput {
  readonly EndpointName: string;
  readonly DesiredWeightsAndCapacities: readonly {
    readonly VariantName: string;
    readonly DesiredWeight?: number;
    readonly DesiredInstanceCount?: number;
  }[];
}

/** A change of weights alone reaches the router quickly; new instances take as long as a fleet does. */
const WEIGHT_SECONDS = 10;

export function updateEndpointWeightsAndCapacities(
  world: World,
  store: Store,
  input: UpdateEndpointWeightsAndCapacitiesInput,
): { EndpointArn: string } {
  const endpoint = store.endpoint(input.EndpointName);
  if (endpoint.isBusy) throw validationError(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  if (endpoint.status === 'Failed')
    throw validationError(`Cannot update endpoint "${endpoint.arn}" in status Failed.`);
  for (const { VariantName: name } of input.DesiredWeightsAndCapacities) {
    if (!endpoint.variants.some((variant) => variant.name === name)) {
      throw validationError(`Could not find variant "${name}" of endpoint "${endpoint.arn}".`);
    }
  }
  void apply(world, endpoint, input);
  return { EndpointArn: endpoint.arn };
}

async function apply(
  world: World,
  endpoint: Endpoint,
  input: UpdateEndpointWeightsAndCapacitiesInput,
): Promise<void> {
  let grows = false;
  for (const wish of input.DesiredWeightsAndCapacities) {
    const variant = endpoint.variants.find(({ name }) => name === wish.VariantName)!;
    variant.desiredWeight = wish.DesiredWeight ?? variant.desiredWeight;
    variant.desiredInstanceCount = wish.DesiredInstanceCount ?? variant.desiredInstanceCount;
    grows ||= variant.desiredInstanceCount > variant.instanceCount;
  }
  endpoint.become('Updating');
  await world.clock.sleep((grows ? fleetSeconds(world) : WEIGHT_SECONDS) * 1000);
  endpoint.router.change(() => {
    for (const variant of endpoint.variants) {
      variant.weight = variant.desiredWeight;
      variant.instanceCount = variant.desiredInstanceCount;
      endpoint.router.setWeight(variant.name, variant.weight);
    }
  });
  endpoint.become('InService');
}
