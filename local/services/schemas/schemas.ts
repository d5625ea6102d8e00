import { AwsError } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { createRegistry } from './create-registry.ts';
import { createSchema } from './create-schema.ts';
import { deleteRegistry } from './delete-registry.ts';
import { deleteSchema } from './delete-schema.ts';
import { describeRegistry } from './describe-registry.ts';
import { describeSchema } from './describe-schema.ts';
import { listRegistries } from './list-registries.ts';
import { listSchemas } from './list-schemas.ts';
import type { Registry, Schema } from './registry.ts';
import { updateSchema } from './update-schema.ts';

/** EventBridge's schema registry: what events look like, for those who build on them. */
export class Schemas implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly registries = new Map<string, Registry>();
  readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.operations = {
      CreateRegistry: (input) => createRegistry(this, input),
      CreateSchema: (input) => createSchema(this, input),
      DeleteRegistry: (input) => deleteRegistry(this, input),
      DeleteSchema: (input) => deleteSchema(this, input),
      DescribeRegistry: (input) => describeRegistry(this, input),
      DescribeSchema: (input) => describeSchema(this, input),
      ListRegistries: (input) => listRegistries(this, input),
      ListSchemas: (input) => listSchemas(this, input),
      UpdateSchema: (input) => updateSchema(this, input),
    };
  }

  /** @throws AwsError NotFoundException */
  registry(name: string): Registry {
    const registry = this.registries.get(name);
    if (registry === undefined) throw notThere(`Registry with name ${name} does not exist.`);
    return registry;
  }

  /** @throws AwsError NotFoundException */
  schema(registryName: string, name: string): Schema {
    const schema = this.registry(registryName).schemas.get(name);
    if (schema === undefined) throw notThere(`Schema with name ${name} does not exist.`);
    return schema;
  }

  arn(kind: 'registry' | 'schema', path: string): string {
    return `arn:aws:schemas:${this.world.region}:${this.world.accountId}:${kind}/${path}`;
  }
}

/** The service's words are not known. */
const notThere = (message: string): AwsError => new AwsError('NotFoundException', message, 404);
