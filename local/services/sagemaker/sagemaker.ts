import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { Compilations } from './compilation/compilations.ts';
import { Endpoints } from './endpoints/endpoints.ts';
import { Jobs } from './jobs/jobs.ts';
import { Registry } from './registry/registry.ts';
import { Tags } from './tags/tags.ts';

/** SageMaker: jobs, compilation, the model registry, models and endpoints, each a part with its own operations. */
export class SageMaker implements Service {
  readonly jobs: Jobs;
  readonly compilations: Compilations;
  readonly registry: Registry;
  readonly endpoints: Endpoints;
  readonly tags = new Tags();
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(world: World) {
    this.jobs = new Jobs(world, this.tags);
    this.compilations = new Compilations(world, this.tags, this.jobs.training);
    this.registry = new Registry(world, this.tags);
    this.endpoints = new Endpoints(world);
    this.operations = {
      ...this.jobs.operations,
      ...this.compilations.operations,
      ...this.registry.operations,
      ...this.tags.operations,
      ...this.endpoints.operations,
    };
  }
}
