import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { DynamoDb } from './dynamodb.ts';
import { Table } from './table.ts';
import { checkTable, type IndexProperties, type TableProperties } from './table-properties.ts';

/** A table is there at once, where AWS takes some seconds. */
export const createTable =
  (dynamodb: DynamoDb, world: World): Operation =>
  (input: TableProperties) => ({ TableDescription: described(makeTable(dynamodb, world, input)) });

/** @throws AwsError ResourceInUseException, ValidationException */
export const makeTable = (dynamodb: DynamoDb, world: World, properties: TableProperties): Table => {
  const { TableName } = properties;
  checkTable(properties);
  if (dynamodb.tables.has(TableName)) {
    throw new AwsError('ResourceInUseException', `Table already exists: ${TableName}`);
  }
  const table = new Table(properties, description(world, properties));
  dynamodb.tables.set(TableName, table);
  return table;
};

export const described = (table: Table): object => ({ ...table.description, ...table.counts() });

const description = (world: World, properties: TableProperties): Record<string, unknown> => {
  const now = new Date(world.clock.now());
  const arn = `arn:aws:dynamodb:${world.region}:${world.accountId}:table/${properties.TableName}`;
  const isOnDemand = properties.BillingMode === 'PAY_PER_REQUEST';
  const throughput = (given: object = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }) => ({
    NumberOfDecreasesToday: 0,
    ...given,
  });
  const index = (more: (of: IndexProperties) => object) => (of: IndexProperties) => ({
    IndexName: of.IndexName,
    KeySchema: of.KeySchema,
    Projection: of.Projection,
    IndexSizeBytes: 0,
    ItemCount: 0,
    IndexArn: `${arn}/index/${of.IndexName}`,
    ...more(of),
  });
  return {
    AttributeDefinitions: properties.AttributeDefinitions,
    TableName: properties.TableName,
    KeySchema: properties.KeySchema,
    TableStatus: 'ACTIVE',
    CreationDateTime: now,
    ProvisionedThroughput: throughput(properties.ProvisionedThroughput),
    TableArn: arn,
    TableId: world.random.stream(`dynamodb/${properties.TableName}`).uuid(),
    ...(isOnDemand && {
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: now },
    }),
    ...(properties.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(
        index((of) => ({
          IndexStatus: 'ACTIVE',
          ProvisionedThroughput: throughput(of.ProvisionedThroughput),
        })),
      ),
    }),
    ...(properties.LocalSecondaryIndexes && {
      LocalSecondaryIndexes: properties.LocalSecondaryIndexes.map(index(() => ({}))),
    }),
    DeletionProtectionEnabled: properties.DeletionProtectionEnabled ?? false,
  };
};
