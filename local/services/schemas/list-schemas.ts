import { page } from '../scheduler/page.ts';
import type { Schemas } from './schemas.ts';

interface ListSchemasInput {
  readonly RegistryName: string;
  readonly SchemaNamePrefix?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** @throws AwsError NotFoundException */
export function listSchemas(
  schemas: Schemas,
  { RegistryName, SchemaNamePrefix = '', Limit, NextToken: token }: ListSchemasInput,
) {
  const found = [...schemas.registry(RegistryName).schemas.values()].filter(({ name }) =>
    name.startsWith(SchemaNamePrefix),
  );
  const { items, NextToken } = page(found, ({ name }) => name, { MaxResults: Limit, NextToken: token });
  return {
    Schemas: items.map(({ name, arn, versions }) => ({
      LastModified: new Date(versions.at(-1)!.createdMs),
      SchemaArn: arn,
      SchemaName: name,
      VersionCount: versions.length,
    })),
    ...(NextToken !== undefined && { NextToken }),
  };
}
