import {
  allEverywhere,
  each,
  type Ids,
  type Input,
  type Need,
  type Needs,
  type NeedsTable,
  named,
  one,
} from './need.ts';

const tableArn = (ids: Ids, name: unknown): string => named('dynamodb', ids, 'table/', name);

/** With the partition key as condition context, where the input tells it. */
const item = (action: string, ids: Ids, input: Input): readonly Need[] => {
  const key = input.Key ?? input.Item;
  const leading = key && Object.values(Object.values(key)[0] ?? {})[0];
  const resource = tableArn(ids, input.TableName) + (input.IndexName ? `/index/${input.IndexName}` : '');
  return one(
    `dynamodb:${action}`,
    resource,
    typeof leading === 'string' ? { 'dynamodb:leadingkeys': [leading] } : undefined,
  );
};

const ofItem =
  (action: string): Needs =>
  (input, ids) =>
    item(action, ids, input);

const table =
  (action: string): Needs =>
  (input, ids) =>
    one(`dynamodb:${action}`, tableArn(ids, input.TableName ?? input.ResourceArn));

/** A batch is allowed as a whole, on each of its tables. */
const batch =
  (action: string): Needs =>
  (input, ids) =>
    Object.keys(input.RequestItems ?? {}).flatMap((name) => one(`dynamodb:${action}`, tableArn(ids, name)));

/** A transaction needs the action of each of its parts. */
const transactionActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};
const transaction: Needs = (input, ids) =>
  (input.TransactItems ?? []).flatMap((part: Record<string, Input>) =>
    Object.entries(part).flatMap(([kind, inner]) => {
      const action = transactionActions[kind];
      return action === undefined || inner === undefined ? [] : item(action, ids, inner);
    }),
  );

export const dynamoDbNeeds: NeedsTable = {
  ...each(['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'], ofItem),
  ...each(
    [
      'CreateTable',
      'DeleteTable',
      'DescribeContinuousBackups',
      'DescribeTable',
      'DescribeTimeToLive',
      'ListTagsOfResource',
      'TagResource',
      'UntagResource',
      'UpdateTable',
      'UpdateTimeToLive',
    ],
    table,
  ),
  ...each(['BatchGetItem', 'BatchWriteItem'], batch),
  TransactGetItems: transaction,
  TransactWriteItems: transaction,
  ...allEverywhere('dynamodb', 'DescribeEndpoints', 'DescribeLimits', 'ListTables'),
};
