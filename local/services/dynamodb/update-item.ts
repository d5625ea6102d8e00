import type { Operation } from '../../service.ts';
import { consumed, writeUnits } from './capacity.ts';
import type { DynamoDb } from './dynamodb.ts';
import { apply, attributesOf, planned, understood, type WriteInput } from './write.ts';

/** Creates the item if it is not there. */
export const updateItem =
  (dynamodb: DynamoDb): Operation =>
  (input: WriteInput) => {
    const write = understood('update', input);
    const table = dynamodb.table(input.TableName);
    const change = planned(table, write);
    apply(table, change);
    return { ...attributesOf(change), ...consumed(input, () => writeUnits(change.before, change.after)) };
  };
