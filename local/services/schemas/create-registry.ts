import { AwsError } from '../../aws-error.ts';
import { badRequest } from './registry.ts';
import type { Schemas } from './schemas.ts';

interface CreateRegistryInput {
  readonly RegistryName: string;
  readonly Description?: string;
}

/** @throws AwsError BadRequestException, ConflictException, ForbiddenException */
export function createRegistry(schemas: Schemas, { RegistryName: name, Description }: CreateRegistryInput) {
  if (!/^[\w.@-]{1,64}$/.test(name)) throw badRequest(`${name} is no name of a registry.`);
  if (name.startsWith('aws.')) throw new AwsError('ForbiddenException', 'Names in aws. are reserved.', 403);
  if (schemas.registries.has(name)) {
    throw new AwsError('ConflictException', `Registry with name ${name} already exists.`, 409);
  }
  const arn = schemas.arn('registry', name);
  schemas.registries.set(name, { name, arn, description: Description, schemas: new Map() });
  return {
    ...(Description !== undefined && { Description }),
    RegistryArn: arn,
    RegistryName: name,
  };
}
