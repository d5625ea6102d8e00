import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { invokeEndpoint } from './invoke-endpoint.ts';

/** The data plane of SageMaker hosting. */
export class SageMakerRuntime implements Service {
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(world: World) {
    this.operations = {
      InvokeEndpoint: (input) => invokeEndpoint(world, input),
    };
  }
}
