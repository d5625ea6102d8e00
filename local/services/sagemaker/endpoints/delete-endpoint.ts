import { AwsError, validationError } from '../../../aws-error.ts';
import type { Caller } from '../../../service.ts';
import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import { emitEndpointChange } from './events.ts';
import type { Store } from './store.ts';

/** How long SageMaker says `Deleting`; a few seconds as a rule. */
const DELETING_SECONDS = 5;

export async function deleteEndpoint(
  world: World,
  store: Store,
  input: { EndpointName: string },
  caller: Caller,
): Promise<Record<string, never>> {
  const endpoint = store.endpoint(input.EndpointName);
  if (endpoint.isBusy) throw validationError(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  await deregister(world, endpoint, caller);
  void takeDown(world, store, endpoint);
  return {};
}

/** Variants that are scaled are deregistered on the caller's behalf, with the caller's permission. */
async function deregister(world: World, endpoint: Endpoint, caller: Caller): Promise<void> {
  for (const { ServiceNamespace, ResourceId, ScalableDimension } of world.applicationAutoscaling.variantsOf(
    endpoint.name,
  )) {
    const input = { ServiceNamespace, ResourceId, ScalableDimension };
    const call = {
      service: 'application-autoscaling',
      operation: 'DeregisterScalableTarget',
      input,
    } as const;
    try {
      await world.door.call({ ...call, caller });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw validationError(
        'An Application AutoScaling scalable target exists for a variant being deleted, and the IAM identity used to invoke DeleteEndpoint does not have application-autoscaling:DeregisterScalableTarget permission to deregister the scalable target.',
      );
    }
  }
}

async function takeDown(world: World, store: Store, endpoint: Endpoint): Promise<void> {
  endpoint.become('Deleting');
  void endpoint.router.close();
  await world.clock.sleep(DELETING_SECONDS * 1000);
  store.endpoints.delete(endpoint.name);
  endpoint.journal('deleted');
  emitEndpointChange(world, endpoint, 'Deleted');
}
