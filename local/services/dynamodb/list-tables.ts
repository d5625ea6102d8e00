import type { Operation } from '../../service.ts';
import type { DynamoDb } from './dynamodb.ts';

export const listTables =
  (dynamodb: DynamoDb): Operation =>
  ({
    ExclusiveStartTableName: start = '',
    Limit = 100,
  }: {
    ExclusiveStartTableName?: string;
    Limit?: number;
  }) => {
    const names = [...dynamodb.tables.keys()].sort().filter((name) => name > start);
    const TableNames = names.slice(0, Limit);
    return { TableNames, ...(names.length > Limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
  };
