import type { Schemas } from './schemas.ts';

/** All its versions go. @throws AwsError NotFoundException */
export function deleteSchema(
  schemas: Schemas,
  { RegistryName, SchemaName }: { readonly RegistryName: string; readonly SchemaName: string },
): undefined {
  schemas.schema(RegistryName, SchemaName);
  schemas.registry(RegistryName).schemas.delete(SchemaName);
}
