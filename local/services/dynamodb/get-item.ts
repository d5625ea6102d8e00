import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { checkedItem, copied, itemSize } from './attribute-value.ts';
import { consumed, readUnits } from './capacity.ts';
import type { DynamoDb } from './dynamodb.ts';
import { type ExpressionInput, Names } from './expressions/names.ts';
import { projected, projectionOf } from './expressions/projection.ts';
import { checkKey } from './keys.ts';
import { refuseLegacy } from './legacy.ts';

interface GetItemInput extends ExpressionInput {
  readonly TableName: string;
  readonly Key: object;
  /** Makes no difference to what is found here: every read is consistent. */
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
}

export const getItem =
  (dynamodb: DynamoDb): Operation =>
  (input: GetItemInput) => {
    refuseLegacy(input);
    const key = checkedItem(input.Key);
    if (input.ProjectionExpression === undefined && input.ExpressionAttributeNames !== undefined) {
      throw validationError('ExpressionAttributeNames can only be specified when using expressions');
    }
    const names = new Names(input);
    const paths =
      input.ProjectionExpression === undefined ? undefined : projectionOf(input.ProjectionExpression, names);
    names.requireAllUsed();

    const table = dynamodb.table(input.TableName);
    checkKey(table.key, key);
    const item = table.get(key);
    return {
      ...(item && { Item: copied(paths === undefined ? item : projected(item, paths)) }),
      ...consumed(input, () => readUnits(item ? itemSize(item) : 0, input.ConsistentRead)),
    };
  };
