import type { World } from '../../../world.ts';
import { emitConfigChange } from './events.ts';
import type { Store } from './store.ts';

/** SageMaker does not refuse to delete a config in use; the endpoint then cannot be updated back to it. */
export function deleteEndpointConfig(world: World, store: Store, input: { EndpointConfigName: string }) {
  const config = store.config(input.EndpointConfigName);
  store.configs.delete(config.name);
  const users = [...store.endpoints.values()].filter(({ configNames }) => configNames.includes(config.name));
  const note =
    users.length > 0 ? `, though endpoint ${users.map(({ name }) => name).join(', ')} uses it` : '';
  world.journal.write(`sagemaker/endpoint-config/${config.name}`, `deleted${note}`);
  emitConfigChange(world, config);
  return {};
}
