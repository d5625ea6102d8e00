import { AwsError } from '../../aws-error.ts';
import { checkContent } from './content.ts';
import { badRequest, newestVersion, type Schema, type SchemaType } from './registry.ts';
import type { Schemas } from './schemas.ts';

interface CreateSchemaInput {
  readonly RegistryName: string;
  readonly SchemaName: string;
  readonly Type: SchemaType;
  /** JSON text. */
  readonly Content: string;
  readonly Description?: string;
}

/** @throws AwsError BadRequestException, ConflictException, NotFoundException */
export function createSchema(schemas: Schemas, input: CreateSchemaInput) {
  const { RegistryName, SchemaName: name, Type: type, Content: content, Description } = input;
  const registry = schemas.registry(RegistryName);
  if (!/^[\w.@-]{1,385}$/.test(name)) throw badRequest(`${name} is no name of a schema.`);
  if (registry.schemas.has(name)) {
    throw new AwsError('ConflictException', `Schema with name ${name} already exists.`, 409);
  }
  checkContent(type, content);
  const schema: Schema = {
    name,
    arn: schemas.arn('schema', `${registry.name}/${name}`),
    ...(Description !== undefined && { description: Description }),
    versions: [{ content, type, createdMs: schemas.world.clock.now() }],
  };
  registry.schemas.set(name, schema);
  return newestVersion(schema);
}
