import { notModelled, validationError } from '../../../aws-error.ts';
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
    readonly ServerlessUpdateConfig?: unknown;
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
  const names = input.DesiredWeightsAndCapacities.map(({ VariantName }) => VariantName);
  const unknown = names.find((name) => endpoint.variant(name) === undefined);
  if (unknown !== undefined)
    throw validationError(`Could not find variant "${unknown}" of endpoint "${endpoint.arn}".`);
  if (new Set(names).size < names.length) throw validationError('Each variant can be given only once.');
  for (const {
    VariantName,
    DesiredInstanceCount,
    ServerlessUpdateConfig,
  } of input.DesiredWeightsAndCapacities) {
    if (ServerlessUpdateConfig !== undefined) throw notModelled('ServerlessUpdateConfig');
    if (DesiredInstanceCount === 0)
      throw validationError(`DesiredInstanceCount of variant "${VariantName}" must be at least 1.`);
  }
  void apply(world, endpoint, input);
  return { EndpointArn: endpoint.arn };
}

async function apply(
  world: World,
  endpoint: Endpoint,
  input: UpdateEndpointWeightsAndCapacitiesInput,
): Promise<void> {
  const before = endpoint.variants.map(({ weight, instanceCount }) => ({ weight, instanceCount }));
  let grows = false;
  for (const wish of input.DesiredWeightsAndCapacities) {
    const variant = endpoint.variant(wish.VariantName)!;
    variant.desiredWeight = wish.DesiredWeight ?? variant.desiredWeight;
    variant.desiredInstanceCount = wish.DesiredInstanceCount ?? variant.desiredInstanceCount;
    grows ||= variant.desiredInstanceCount > variant.instanceCount;
  }
  endpoint.become('Updating');
  const seconds = grows ? fleetSeconds(world) : WEIGHT_SECONDS;
  await world.clock.sleep(seconds * 1000);
  if (world.scenario.endpointUpdate?.(endpoint.name, endpoint.configName) === 'return-to-old-config') {
    endpoint.variants.forEach((variant, index) => {
      variant.desiredWeight = before[index]!.weight;
      variant.desiredInstanceCount = before[index]!.instanceCount;
    });
    endpoint.become('RollingBack');
    await world.clock.sleep(seconds * 1000);
  }
  endpoint.router.change(() => {
    for (const variant of endpoint.variants) {
      variant.weight = variant.desiredWeight;
      variant.instanceCount = variant.desiredInstanceCount;
      variant.slot!.instances?.resize(variant.instanceCount);
      endpoint.router.setWeight(variant, variant.weight);
    }
  });
  endpoint.become('InService');
}
