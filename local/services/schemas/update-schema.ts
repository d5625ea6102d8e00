import { checkContent } from './content.ts';
import { newestVersion, type SchemaType } from './registry.ts';
import type { Schemas } from './schemas.ts';

interface UpdateSchemaInput {
  readonly RegistryName: string;
  readonly SchemaName: string;
  readonly Type?: SchemaType;
  readonly Content?: string;
  readonly Description?: string;
}

/** Other content is another version; the earlier ones stay. @throws AwsError BadRequestException, NotFoundException */
export function updateSchema(schemas: Schemas, input: UpdateSchemaInput) {
  const schema = schemas.schema(input.RegistryName, input.SchemaName);
  const before = schema.versions.at(-1)!;
  const type = input.Type ?? before.type;
  const content = input.Content ?? before.content;
  if (content !== before.content || type !== before.type) {
    checkContent(type, content);
    schema.versions.push({ content, type, createdMs: schemas.world.clock.now() });
  }
  if (input.Description !== undefined) schema.description = input.Description;
  return newestVersion(schema);
}
