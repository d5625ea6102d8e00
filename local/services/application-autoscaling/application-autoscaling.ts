import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';

/** Application Auto Scaling, as far as a release uses it. */
export class ApplicationAutoScaling implements Service {
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(_world: World) {
    this.operations = {};
  }
}
