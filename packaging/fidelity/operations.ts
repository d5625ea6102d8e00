import { standInOf } from '../../local/door.ts';
import { modelOf, serviceNames } from '../../local/models/model.ts';
import { openEmptyWorld } from '../../local/open-world.ts';
import type { ServiceName } from '../../local/service.ts';

export interface ServiceOperations {
  readonly service: ServiceName;
  readonly built: readonly string[];
  /** Operations whose models are kept and that answer 501. */
  readonly unbuilt: readonly string[];
  /** Operations that are answered though no model is kept of them: nothing checks what they are asked. */
  readonly unmodelled: readonly string[];
}

/** What each stand-in answers, read from its table of operations. */
export const serviceOperations = async (): Promise<ServiceOperations[]> => {
  const world = await openEmptyWorld();
  try {
    return serviceNames.map((service) => {
      const built = Object.keys(standInOf(world, service).operations).sort();
      const modelled = [...modelOf(service).operationNames].sort();
      return {
        service,
        built,
        unbuilt: modelled.filter((name) => !built.includes(name)),
        unmodelled: built.filter((name) => !modelled.includes(name)),
      };
    });
  } finally {
    await world.close();
  }
};
