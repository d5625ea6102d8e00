import type { TableProperties } from '../../../../local/services/dynamodb/table-properties.ts';

/** A table with a partition key `pk` and a sort key `sk` that is text or a number. */
export const sortedTable = (TableName: string, sortType: 'S' | 'N'): TableProperties => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: sortType },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
});
