import type { Operation } from '../../service.ts';
import { consumed, writeUnits } from './capacity.ts';
import type { DynamoDb } from './dynamodb.ts';
import { allowOnlyOld, apply, attributesOf, planned, understood, type WriteInput } from './write.ts';

export const putItem =
  (dynamodb: DynamoDb): Operation =>
  (input: WriteInput) => {
    const write = understood('put', input);
    allowOnlyOld(input);
    const table = dynamodb.table(input.TableName);
    const change = planned(table, write);
    apply(table, change);
    return { ...attributesOf(change), ...consumed(input, () => writeUnits(change.before, change.after)) };
  };
