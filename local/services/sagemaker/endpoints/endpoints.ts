import type { Operation, Service } from '../../../service.ts';
import type { World } from '../../../world.ts';
import { createEndpoint } from './create-endpoint.ts';
import { createEndpointConfig } from './create-endpoint-config.ts';
import { createModel } from './create-model.ts';
import { deleteEndpoint } from './delete-endpoint.ts';
import { deleteEndpointConfig } from './delete-endpoint-config.ts';
import { deleteModel } from './delete-model.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import { describeEndpointConfig } from './describe-endpoint-config.ts';
import { describeModel } from './describe-model.ts';
import { listEndpointConfigs } from './list-endpoint-configs.ts';
import { listEndpoints } from './list-endpoints.ts';
import { listModels } from './list-models.ts';
import type { TrafficRow } from './request-log.ts';
import type { Router } from './router.ts';
import type { EndpointStatus } from './shapes.ts';
import { Store } from './store.ts';
import { updateEndpoint } from './update-endpoint.ts';
import { updateEndpointWeightsAndCapacities } from './update-endpoint-weights-and-capacities.ts';

export interface Capacity {
  readonly status: EndpointStatus;
  /** As desired: a change under way counts as made. */
  readonly instanceCount: number;
  readonly instanceType: string;
}

/** SageMaker hosting: models, endpoint configs, endpoints and their guarded updates. */
export class Endpoints implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #store: Store;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    const store = new Store(world);
    this.#store = store;
    this.operations = {
      CreateEndpoint: (input) => createEndpoint(world, store, input),
      CreateEndpointConfig: (input) => createEndpointConfig(world, store, input),
      CreateModel: (input, caller) => createModel(world, store, input, caller),
      DeleteEndpoint: (input, caller) => deleteEndpoint(world, store, input, caller),
      DeleteEndpointConfig: (input) => deleteEndpointConfig(world, store, input),
      DeleteModel: (input) => deleteModel(world, store, input),
      DescribeEndpoint: (input) => describeEndpoint(store, input),
      DescribeEndpointConfig: (input) => describeEndpointConfig(store, input),
      DescribeModel: (input) => describeModel(store, input),
      ListEndpointConfigs: (input) => listEndpointConfigs(store, input),
      ListEndpoints: (input) => listEndpoints(store, input),
      ListModels: (input) => listModels(store, input),
      UpdateEndpoint: (input) => updateEndpoint(world, store, input),
      UpdateEndpointWeightsAndCapacities: (input) => updateEndpointWeightsAndCapacities(world, store, input),
    };
  }

  /** Who answers `InvokeEndpoint`; undefined while there is no endpoint of this name. */
  router(endpointName: string): Router | undefined {
    return this.#store.endpoints.get(endpointName)?.router;
  }

  /** What a variant that serves has and shall have; undefined if there is none. */
  capacity(endpointName: string, variantName: string): Capacity | undefined {
    const endpoint = this.#store.endpoints.get(endpointName);
    const variant = endpoint?.variant(variantName);
    if (endpoint === undefined || variant === undefined) return undefined;
    const { desiredInstanceCount: instanceCount, instanceType } = variant;
    return { status: endpoint.status, instanceCount, instanceType };
  }

  /** What Application Auto Scaling asks for. @throws AwsError if the endpoint is being changed */
  setInstanceCount(endpointName: string, variantName: string, count: number): void {
    updateEndpointWeightsAndCapacities(this.#world, this.#store, {
      EndpointName: endpointName,
      DesiredWeightsAndCapacities: [{ VariantName: variantName, DesiredInstanceCount: count }],
    });
  }

  /** What the endpoint's fleets answered, for a chart of its traffic; kept after the endpoint is gone. */
  traffic(endpointName: string): TrafficRow[] {
    return this.#store.log(endpointName).rows();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#store.endpoints.values()].map(({ router }) => router.close()));
  }
}
