import { notModelled, validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { checkedItem, type Item, isEqual } from './attribute-value.ts';
import type { DynamoDb } from './dynamodb.ts';
import { keyNames } from './keys.ts';
import { refuseLegacy } from './legacy.ts';
import { indexOf, namesOf, page, type ReadInput, wantedOf } from './read-page.ts';

interface ScanInput extends ReadInput {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

export const scan =
  (dynamodb: DynamoDb): Operation =>
  (input: ScanInput) => {
    refuseLegacy(input);
    if (input.TotalSegments !== undefined || input.Segment !== undefined) {
      throw notModelled('A parallel scan');
    }
    const names = namesOf(input);
    const wanted = wantedOf(input, names);
    names.requireAllUsed();

    const table = dynamodb.table(input.TableName);
    const index = indexOf(table, input);
    const items = index === undefined ? table.all() : table.indexed(index);
    const key = keyNames(table.key, index?.key ?? []);
    const from = input.ExclusiveStartKey === undefined ? 0 : after(items, input.ExclusiveStartKey, key);
    return page(table, items.slice(from), input, wanted, key);
  };

const after = (items: readonly Item[], given: object, key: readonly string[]): number => {
  const start = checkedItem(given);
  if (Object.keys(start).length !== key.length || key.some((name) => start[name] === undefined)) {
    throw validationError(
      'The provided starting key is invalid: The provided key element does not match the schema',
    );
  }
  return items.findIndex((item) => key.every((name) => isEqual(item[name]!, start[name]!))) + 1;
};
