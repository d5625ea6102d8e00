import type { Operation } from '../../service.ts';
import { consumed, writeUnits } from './capacity.ts';
import type { DynamoDb } from './dynamodb.ts';
import { allowOnlyOld, apply, attributesOf, planned, understood, type WriteInput } from './write.ts';

/** To delete what is not there is no error. */
export const deleteItem =
  (dynamodb: DynamoDb): Operation =>
  (input: WriteInput) => {
    const write = understood('delete', input);
    allowOnlyOld(input);
    const table = dynamodb.table(input.TableName);
    const change = planned(table, write);
    apply(table, change);
    return { ...attributesOf(change), ...consumed(input, () => writeUnits(change.before)) };
  };
