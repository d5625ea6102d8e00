import type { World } from '../../../world.ts';
import { emitModelChange } from './events.ts';
import type { Store } from './store.ts';

/** SageMaker deletes a model that an endpoint config still names; that config can then not be deployed. */
export function deleteModel(world: World, store: Store, input: { ModelName: string }): Record<string, never> {
  const model = store.model(input.ModelName);
  store.models.delete(model.name);
  const users = [...store.configs.values()].filter(({ variants }) =>
    variants.some(({ ModelName }) => ModelName === model.name),
  );
  const note =
    users.length > 0 ? `, though endpoint config ${users.map(({ name }) => name).join(', ')} names it` : '';
  world.journal.write(`sagemaker/model/${model.name}`, `deleted${note}`);
  emitModelChange(world, model);
  return {};
}
