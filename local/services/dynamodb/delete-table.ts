import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { DynamoDb } from './dynamodb.ts';

/** It is gone at once, where AWS takes some seconds. */
export const deleteTable =
  (dynamodb: DynamoDb): Operation =>
  ({ TableName }: { TableName: string }) => {
    const table = dynamodb.table(TableName, `Requested resource not found: Table: ${TableName} not found`);
    if (table.isProtected) {
      throw validationError(
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      );
    }
    dynamodb.tables.delete(table.name);
    const { TableArn, TableId, ProvisionedThroughput } = table.description;
    return {
      TableDescription: {
        TableName: table.name,
        TableStatus: 'DELETING',
        ProvisionedThroughput,
        TableArn,
        TableId,
        ...table.counts(),
      },
    };
  };
