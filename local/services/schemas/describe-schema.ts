import { AwsError } from '../../aws-error.ts';
import { newestVersion } from './registry.ts';
import type { Schemas } from './schemas.ts';

interface DescribeSchemaInput {
  readonly RegistryName: string;
  readonly SchemaName: string;
  /** The newest, if left out. */
  readonly SchemaVersion?: string;
}

/** @throws AwsError NotFoundException */
export function describeSchema(schemas: Schemas, input: DescribeSchemaInput) {
  const schema = schemas.schema(input.RegistryName, input.SchemaName);
  const number = Number(input.SchemaVersion ?? schema.versions.length);
  const version = schema.versions[number - 1];
  if (version === undefined) {
    throw new AwsError('NotFoundException', `Schema version ${input.SchemaVersion} does not exist.`, 404);
  }
  return {
    ...newestVersion(schema),
    Content: version.content,
    SchemaVersion: String(number),
    Type: version.type,
    VersionCreatedDate: new Date(version.createdMs),
  };
}
