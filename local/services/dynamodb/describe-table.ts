import type { Operation } from '../../service.ts';
import { described } from './create-table.ts';
import type { DynamoDb } from './dynamodb.ts';

export const describeTable =
  (dynamodb: DynamoDb): Operation =>
  ({ TableName }: { TableName: string }) => ({
    Table: described(
      dynamodb.table(TableName, `Requested resource not found: Table: ${TableName} not found`),
    ),
  });
