import { invalid } from './errors.ts';
import type { KeySchemaElement } from './keys.ts';

export interface IndexProperties {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
  readonly ProvisionedThroughput?: object;
}

/** A table in CloudFormation's or the API's shape; both name these the same. */
export interface TableProperties {
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
  readonly BillingMode?: 'PAY_PER_REQUEST' | 'PROVISIONED';
  readonly ProvisionedThroughput?: object;
  readonly GlobalSecondaryIndexes?: readonly IndexProperties[];
  readonly LocalSecondaryIndexes?: readonly IndexProperties[];
  readonly DeletionProtectionEnabled?: boolean;
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
}

/**
 * @throws AwsError ValidationException for keys that are not defined or defined for nothing
 */
export const checkTable = (properties: TableProperties): void => {
  const { KeySchema, AttributeDefinitions, BillingMode = 'PROVISIONED' } = properties;
  // AWS's model leaves them open, for tables that are made from other tables.
  if (KeySchema === undefined) throw missingMember('keySchema');
  if (AttributeDefinitions === undefined) throw missingMember('attributeDefinitions');
  const indexes = [...(properties.GlobalSecondaryIndexes ?? []), ...(properties.LocalSecondaryIndexes ?? [])];
  const defined = new Set(AttributeDefinitions.map(({ AttributeName }) => AttributeName));
  const [hash, range] = KeySchema;
  if (hash?.KeyType !== 'HASH') {
    throw invalid('The first KeySchemaElement is not a HASH key type');
  }
  if (range !== undefined && range.KeyType !== 'RANGE') {
    throw invalid('The second KeySchemaElement is not a RANGE key type');
  }
  const used = new Set(
    [...KeySchema, ...indexes.flatMap((index) => index.KeySchema)].map((key) => key.AttributeName),
  );
  const missing = [...used].filter((name) => !defined.has(name));
  if (missing.length > 0) {
    throw invalid(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${[...used].join(', ')}], AttributeDefinitions: [${[...defined].join(', ')}]`,
    );
  }
  if (used.size < defined.size) {
    throw invalid(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  if (BillingMode === 'PROVISIONED' && properties.ProvisionedThroughput === undefined) {
    throw invalid(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  if (BillingMode === 'PAY_PER_REQUEST' && properties.ProvisionedThroughput !== undefined) {
    throw invalid(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
};

const missingMember = (name: string) =>
  invalid(
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
