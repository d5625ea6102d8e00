import { page } from '../scheduler/page.ts';
import type { Schemas } from './schemas.ts';

interface ListRegistriesInput {
  readonly RegistryNamePrefix?: string;
  /** AWS's own registries are not here. */
  readonly Scope?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

export function listRegistries(
  schemas: Schemas,
  { RegistryNamePrefix = '', Scope, Limit, NextToken: token }: ListRegistriesInput,
) {
  const own = Scope?.toUpperCase() === 'AWS' ? [] : [...schemas.registries.values()];
  const found = own.filter(({ name }) => name.startsWith(RegistryNamePrefix));
  const { items, NextToken } = page(found, ({ name }) => name, { MaxResults: Limit, NextToken: token });
  return {
    Registries: items.map(({ name, arn }) => ({ RegistryArn: arn, RegistryName: name })),
    ...(NextToken !== undefined && { NextToken }),
  };
}
