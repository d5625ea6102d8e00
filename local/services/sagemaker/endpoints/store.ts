import { validationError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import { RequestLog } from './request-log.ts';
import type { ContainerDefinition, DataCaptureConfig, ProductionVariant } from './shapes.ts';

export interface Model {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  /** The request as it came; `DescribeModel` shows it. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly executionRoleArn?: string;
  /** What really runs: a model package's container stands here with its image and data. */
  readonly container: ContainerDefinition;
}

export interface EndpointConfig {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  readonly request: Readonly<Record<string, unknown>> & {
    readonly DataCaptureConfig?: DataCaptureConfig;
    readonly ExecutionRoleArn?: string;
  };
  readonly variants: readonly ProductionVariant[];
  /** Get copies of the requests; their answers reach nobody. */
  readonly shadows: readonly ProductionVariant[];
}

/** Models, endpoint configs and endpoints by name, with the words SageMaker has for a missing one. */
export class Store {
  readonly models = new Map<string, Model>();
  readonly configs = new Map<string, EndpointConfig>();
  readonly endpoints = new Map<string, Endpoint>();
  readonly #logs = new Map<string, RequestLog>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** SageMaker writes names in ARNs in lower case. */
  arn(kind: 'model' | 'endpoint-config' | 'endpoint', name: string): string {
    return `arn:aws:sagemaker:${this.#world.region}:${this.#world.accountId}:${kind}/${name.toLowerCase()}`;
  }

  /** One log per endpoint name; it outlives the endpoint, because reports are made at the end. */
  log(endpointName: string): RequestLog {
    const log = this.#logs.get(endpointName) ?? new RequestLog(this.#world.clock);
    this.#logs.set(endpointName, log);
    return log;
  }

  model(name: string): Model {
    return this.models.get(name) ?? missing('model', this.arn('model', name));
  }

  config(name: string): EndpointConfig {
    return this.configs.get(name) ?? missing('endpoint configuration', this.arn('endpoint-config', name));
  }

  endpoint(name: string): Endpoint {
    return this.endpoints.get(name) ?? missing('endpoint', this.arn('endpoint', name));
  }
}

function missing(what: string, arn: string): never {
  throw validationError(`Could not find ${what} "${arn}".`);
}

export function refuseExisting(what: string, arn: string): never {
  throw validationError(`Cannot create already existing ${what} "${arn}".`);
}
