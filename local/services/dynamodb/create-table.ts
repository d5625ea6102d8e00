import type { World } from '../../world.ts';
import type { DynamoDb } from './dynamodb.ts';

/** A table in CloudFormation's or the API's shape; both name these the same. */
export interface TableProperties {
  readonly TableName: string;
  readonly KeySchema: readonly object[];
  readonly AttributeDefinitions: readonly object[];
  readonly BillingMode?: 'PAY_PER_REQUEST' | 'PROVISIONED';
  readonly ProvisionedThroughput?: object;
  readonly GlobalSecondaryIndexes?: readonly object[];
  readonly LocalSecondaryIndexes?: readonly object[];
}

/**
 * Creates a table that is there at once. Encryption, recovery, streams, tags and
 * TTL have no counterpart in dynalite and are left out.
 */
export const createTable = async (
  dynamodb: DynamoDb,
  world: World,
  properties: TableProperties,
): Promise<{ TableDescription: Record<string, unknown> }> => {
  const { TableDescription } = (await dynamodb.run('CreateTable', {
    TableName: properties.TableName,
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
    BillingMode: properties.BillingMode,
    ProvisionedThroughput: properties.ProvisionedThroughput,
    GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
    LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
  })) as { TableDescription: Record<string, unknown> };

  // Dynalite has its own time and chance, and makes a table active by a real timer: all three are ours here.
  TableDescription.TableStatus = 'ACTIVE';
  TableDescription.TableId = world.random.stream(`dynamodb/${properties.TableName}`).uuid();
  TableDescription.CreationDateTime = world.clock.now() / 1000;
  for (const index of (TableDescription.GlobalSecondaryIndexes ?? []) as Record<string, unknown>[]) {
    index.IndexStatus = 'ACTIVE';
  }
  await world.clock.hold(
    new Promise<void>((resolve, reject) => {
      dynamodb
        .store()
        .tableDb.put(properties.TableName, TableDescription, (error) => (error ? reject(error) : resolve()));
    }),
  );
  return { TableDescription: { ...TableDescription, CreationDateTime: new Date(world.clock.now()) } };
};
