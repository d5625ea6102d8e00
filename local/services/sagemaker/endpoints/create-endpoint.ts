import type { World } from '../../../world.ts';
import type { Tag } from '../tags/tags.ts';
import { Endpoint } from './endpoint.ts';
import { Launch } from './launch.ts';
import { Router } from './router.ts';
import type { DeploymentConfig } from './shapes.ts';
import { refuseExisting, type Store } from './store.ts';
import { type Variant, variantsOf } from './variant.ts';

interface CreateEndpointInput {
  readonly EndpointName: string;
  readonly EndpointConfigName: string;
  readonly DeploymentConfig?: DeploymentConfig;
  readonly Tags?: readonly Tag[];
}

/** `Creating`, then `InService` when every variant's fleet answers `/ping`, or `Failed` for good. */
export function createEndpoint(
  world: World,
  store: Store,
  input: CreateEndpointInput,
): { EndpointArn: string } {
  const arn = store.arn('endpoint', input.EndpointName);
  if (store.endpoints.has(input.EndpointName)) refuseExisting('endpoint', arn);
  const config = store.config(input.EndpointConfigName);
  const variants = variantsOf(world, store, input.EndpointName, config);
  const router = new Router(world, input.EndpointName, store.log(input.EndpointName));
  const endpoint = new Endpoint(world, router, input.EndpointName, arn, config);
  endpoint.storedDeploymentConfig = input.DeploymentConfig;
  world.sagemaker.tags.add(arn, input.Tags ?? []);
  store.endpoints.set(endpoint.name, endpoint);
  void bringUp(world, endpoint, variants);
  return { EndpointArn: arn };
}

async function bringUp(world: World, endpoint: Endpoint, variants: readonly Variant[]): Promise<void> {
  endpoint.expect(endpoint.configName, variants);
  for (const variant of variants)
    variant.statuses = [{ Status: 'Creating', StartTime: new Date(world.clock.now()) }];
  endpoint.become('Creating');
  const launch = new Launch(world, variants);
  try {
    await launch.place(endpoint, variants);
  } catch (error) {
    launch.discard();
    endpoint.pending = undefined;
    endpoint.become('Failed', (error as Error).message);
    return;
  }
  endpoint.router.change(() => {
    for (const variant of variants) {
      delete variant.statuses;
      variant.instanceCount = variant.desiredInstanceCount;
      variant.slot!.share = 1;
      endpoint.router.setWeight(variant, variant.weight);
    }
  });
  endpoint.variants = variants;
  endpoint.pending = undefined;
  endpoint.become('InService');
}
