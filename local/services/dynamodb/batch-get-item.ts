import { AwsError, validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { checkedItem } from './attribute-value.ts';
import type { DynamoDb } from './dynamodb.ts';
import { getItem } from './get-item.ts';

/** What is asked of one table. */
interface KeysAndProjection {
  readonly Keys: readonly object[];
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

interface BatchGetItemInput {
  readonly RequestItems: Readonly<Record<string, KeysAndProjection>>;
  readonly ReturnConsumedCapacity?: 'INDEXES' | 'TOTAL' | 'NONE';
}

const MOST_KEYS = 100;

/** Items that are not there are left out; everything that is asked for is processed at once. */
export const batchGetItem =
  (dynamodb: DynamoDb): Operation =>
  async ({ RequestItems, ReturnConsumedCapacity }: BatchGetItemInput, caller) => {
    const tables = Object.entries(RequestItems);
    if (tables.reduce((sum, [, { Keys }]) => sum + Keys.length, 0) > MOST_KEYS)
      throw validationError('Too many items requested for the BatchGetItem call');
    const one = getItem(dynamodb);
    const Responses: Record<string, object[]> = {};
    const ConsumedCapacity: object[] = [];
    for (const [TableName, { Keys, ...how }] of tables) {
      checkDistinct(dynamodb, TableName, Keys);
      const answers = (await Promise.all(
        Keys.map((Key) => one({ TableName, Key, ...how, ReturnConsumedCapacity }, caller)),
      )) as Answer[];
      Responses[TableName] = answers.flatMap(({ Item }) => (Item === undefined ? [] : [Item]));
      const units = answers.reduce((sum, answer) => sum + (answer.ConsumedCapacity?.CapacityUnits ?? 0), 0);
      if (units > 0) ConsumedCapacity.push({ TableName, CapacityUnits: units });
    }
    return { Responses, UnprocessedKeys: {}, ...(ConsumedCapacity.length > 0 && { ConsumedCapacity }) };
  };

interface Answer {
  readonly Item?: object;
  readonly ConsumedCapacity?: { readonly CapacityUnits: number };
}

const checkDistinct = (dynamodb: DynamoDb, name: string, keys: readonly object[]): void => {
  if (!dynamodb.tables.has(name.split('/').at(-1)!))
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  const texts = new Set(keys.map((key) => JSON.stringify(Object.entries(checkedItem(key)).sort())));
  if (texts.size < keys.length) throw validationError('Provided list of item keys contains duplicates');
};
