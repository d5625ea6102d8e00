import type { Schemas } from './schemas.ts';

/** @throws AwsError NotFoundException */
export function describeRegistry(schemas: Schemas, { RegistryName }: { readonly RegistryName: string }) {
  const { name, arn, description } = schemas.registry(RegistryName);
  return {
    ...(description !== undefined && { Description: description }),
    RegistryArn: arn,
    RegistryName: name,
  };
}
