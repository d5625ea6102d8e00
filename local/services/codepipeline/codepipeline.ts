import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';

/** CodePipeline, as far as a release uses it. */
export class CodePipeline implements Service {
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(_world: World) {
    this.operations = {};
  }
}
