import { validationError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import { emitEndpointChange } from './events.ts';
import type { Store } from './store.ts';

/** How long SageMaker says `Deleting`; a few seconds as a rule. */
const DELETING_SECONDS = 5;

export function deleteEndpoint(
  world: World,
  store: Store,
  input: { EndpointName: string },
): Record<string, never> {
  const endpoint = store.endpoint(input.EndpointName);
  if (endpoint.isBusy) throw validationError(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  void takeDown(world, store, endpoint);
  return {};
}

async function takeDown(world: World, store: Store, endpoint: Endpoint): Promise<void> {
  endpoint.become('Deleting');
  void endpoint.router.close();
  await world.clock.sleep(DELETING_SECONDS * 1000);
  store.endpoints.delete(endpoint.name);
  endpoint.journal('deleted');
  emitEndpointChange(world, endpoint, 'Deleted');
}
