import { AwsError } from '../../aws-error.ts';

export type SchemaType = 'OpenApi3' | 'JSONSchemaDraft4';

export interface SchemaVersion {
  readonly content: string;
  readonly type: SchemaType;
  /** Epoch milliseconds. */
  readonly createdMs: number;
}

export interface Schema {
  readonly name: string;
  readonly arn: string;
  description?: string;
  /** The first is version 1. */
  readonly versions: SchemaVersion[];
}

export interface Registry {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly schemas: Map<string, Schema>;
}

/** The service's words are not known. */
export const badRequest = (message: string): AwsError => new AwsError('BadRequestException', message);

/** A schema's newest version as CreateSchema and UpdateSchema answer it. */
export const newestVersion = ({ name, arn, description, versions }: Schema) => {
  const { type, createdMs } = versions.at(-1)!;
  return {
    ...(description !== undefined && { Description: description }),
    LastModified: new Date(createdMs),
    SchemaArn: arn,
    SchemaName: name,
    SchemaVersion: String(versions.length),
    Type: type,
    VersionCreatedDate: new Date(createdMs),
  };
};
