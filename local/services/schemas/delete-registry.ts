import { AwsError } from '../../aws-error.ts';
import type { Schemas } from './schemas.ts';

/** @throws AwsError NotFoundException, and ForbiddenException while it has schemas */
export function deleteRegistry(
  schemas: Schemas,
  { RegistryName }: { readonly RegistryName: string },
): undefined {
  const { name, schemas: within } = schemas.registry(RegistryName);
  if (within.size > 0) throw new AwsError('ForbiddenException', `Registry ${name} has schemas.`, 403);
  schemas.registries.delete(name);
}
