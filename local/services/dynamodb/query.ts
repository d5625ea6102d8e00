import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { checkedItem, type Item, isEqual } from './attribute-value.ts';
import type { DynamoDb } from './dynamodb.ts';
import { type Condition, conditionOf, meets, type Operand } from './expressions/condition.ts';
import { type KeyRange, keyRangeOf, partitionKey } from './key-condition.ts';
import { type KeySchema, keyNames } from './keys.ts';
import { refuseLegacy } from './legacy.ts';
import { indexOf, namesOf, page, type ReadInput, wantedOf } from './read-page.ts';
import { type Index, orderOf, type Table } from './table.ts';

interface QueryInput extends ReadInput {
  readonly KeyConditionExpression?: string;
  readonly ScanIndexForward?: boolean;
}

export const query =
  (dynamodb: DynamoDb): Operation =>
  (input: QueryInput) => {
    refuseLegacy(input);
    if (input.KeyConditionExpression === undefined) {
      throw validationError(
        'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
      );
    }
    const names = namesOf(input);
    const keyCondition = conditionOf('KeyConditionExpression', input.KeyConditionExpression, names);
    const wanted = wantedOf(input, names);
    names.requireAllUsed();

    const table = dynamodb.table(input.TableName);
    const index = indexOf(table, input);
    const schema = index?.key ?? table.key;
    const range = keyRangeOf(keyCondition, schema);
    if (wanted.filter !== undefined) refuseKeysIn(wanted.filter, schema);
    const order = [...schema, ...table.key];
    const items = inRange(table, index, schema, range);
    if (input.ScanIndexForward === false) items.reverse();
    const start = input.ExclusiveStartKey && checkedStart(input.ExclusiveStartKey, order, schema, range);
    const direction = input.ScanIndexForward === false ? -1 : 1;
    const left = start ? items.filter((item) => orderOf(item, start, order) * direction > 0) : items;
    return page(table, left, input, wanted, keyNames(table.key, schema));
  };

/** The items of a partition that meet the condition on the range key, in order. */
const inRange = (
  table: Table,
  index: Index | undefined,
  schema: KeySchema,
  { hash, range }: KeyRange,
): Item[] => {
  const items =
    index === undefined
      ? table.partition(partitionKey(schema, hash))
      : table.indexed(index).filter((item) => isEqual(item[schema[0]!.name]!, hash));
  return items.filter((item) => range === undefined || meets(item, range));
};

/** @throws AwsError if no page of this query could have ended there */
const checkedStart = (
  given: object,
  order: KeySchema,
  schema: KeySchema,
  { hash, range }: KeyRange,
): Item => {
  const start = checkedItem(given);
  const names = new Set(order.map(({ name }) => name));
  const fits = order.every(({ name, type }) => start[name] !== undefined && type in start[name]);
  if (!fits || Object.keys(start).length !== names.size) {
    throw validationError('The provided starting key is invalid');
  }
  if (!isEqual(start[schema[0]!.name]!, hash)) {
    throw validationError(
      'The provided starting key is outside query boundaries based on provided conditions',
    );
  }
  if (range !== undefined && !meets(start, range)) {
    throw validationError('The provided starting key does not match the range key predicate');
  }
  return start;
};

const refuseKeysIn = (filter: Condition, schema: KeySchema): void => {
  for (const head of headsOf(filter)) {
    if (!schema.some(({ name }) => name === head)) continue;
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${head}`,
    );
  }
};

const headsOf = (part: Condition | Operand): (string | number)[] => {
  if (part.kind === 'path') return [part.path[0]!];
  if (part.kind === 'and' || part.kind === 'or') return part.parts.flatMap(headsOf);
  if (part.kind === 'not') return headsOf(part.part);
  if (part.kind === 'value') return [];
  return (part as { operands: readonly Operand[] }).operands.flatMap(headsOf);
};
