import { validationError } from '../../aws-error.ts';
import { copied, type Item, itemSize } from './attribute-value.ts';
import { consumed, readUnits } from './capacity.ts';
import { type Condition, conditionOf, meets } from './expressions/condition.ts';
import { type ExpressionInput, Names } from './expressions/names.ts';
import type { Path } from './expressions/paths.ts';
import { projected, projectionOf } from './expressions/projection.ts';
import type { Index, Table } from './table.ts';

export interface ReadInput extends ExpressionInput {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly ConsistentRead?: boolean;
  readonly ExclusiveStartKey?: object;
  readonly FilterExpression?: string;
  readonly Limit?: number;
  readonly ProjectionExpression?: string;
  readonly ReturnConsumedCapacity?: 'INDEXES' | 'TOTAL' | 'NONE';
  readonly Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';
}

/** What Query and Scan ask for besides which items. */
export interface Wanted {
  readonly filter?: Condition;
  readonly paths?: readonly Path[];
}

/** A page ends after so many bytes of items, filtered or not. */
const PAGE_BYTES = 1_048_576;

/** @throws AwsError ValidationException */
export const wantedOf = (input: ReadInput, names: Names): Wanted => {
  const filter =
    input.FilterExpression === undefined
      ? undefined
      : conditionOf('FilterExpression', input.FilterExpression, names);
  const paths =
    input.ProjectionExpression === undefined ? undefined : projectionOf(input.ProjectionExpression, names);
  if (paths !== undefined && (input.Select ?? 'SPECIFIC_ATTRIBUTES') !== 'SPECIFIC_ATTRIBUTES') {
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${input.Select}`);
  }
  if (paths === undefined && input.Select === 'SPECIFIC_ATTRIBUTES') {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  return { ...(filter && { filter }), ...(paths && { paths }) };
};

/** @throws AwsError ValidationException */
export const indexOf = (table: Table, input: ReadInput): Index | undefined => {
  if (input.IndexName === undefined) {
    if (input.Select !== 'ALL_PROJECTED_ATTRIBUTES') return undefined;
    throw validationError('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  const index = table.index(input.IndexName);
  if (index.isGlobal && input.ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  if (index.isGlobal && index.attributes !== undefined && input.Select === 'ALL_ATTRIBUTES') {
    throw validationError(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  return index;
};

/**
 * One page of `items`, which come in their order and begin where the last page ended.
 *
 * @param keyNames the attributes by which the next page begins
 */
export const page = (
  table: Table,
  items: Iterable<Item>,
  input: ReadInput,
  { filter, paths }: Wanted,
  keyNames: readonly string[],
) => {
  const found: Item[] = [];
  let last: Item | undefined;
  let [bytes, scanned] = [0, 0];
  let isFull = false;
  for (const item of items) {
    scanned += 1;
    bytes += itemSize(item);
    last = item;
    if (filter === undefined || meets(item, filter)) found.push(item);
    isFull = scanned === input.Limit || bytes >= PAGE_BYTES;
    if (isFull) break;
  }
  const whole = (item: Item): Item => (input.Select === 'ALL_ATTRIBUTES' ? table.get(item)! : item);
  return {
    ...(input.Select !== 'COUNT' && {
      Items: found.map((item) => copied(paths === undefined ? whole(item) : projected(item, paths))),
    }),
    Count: found.length,
    ScannedCount: scanned,
    ...(isFull && {
      LastEvaluatedKey: copied(Object.fromEntries(keyNames.map((name) => [name, last![name]!]))),
    }),
    ...consumed(input, () =>
      scanned === 0 ? readUnits(0, input.ConsistentRead) : readUnits(bytes, input.ConsistentRead),
    ),
  };
};

/** @throws AwsError if names or values are given that no expression can use */
export const namesOf = (input: ReadInput & { KeyConditionExpression?: string }): Names => {
  const { FilterExpression, ProjectionExpression, KeyConditionExpression } = input;
  const conditions = [FilterExpression, KeyConditionExpression].filter((text) => text !== undefined);
  if (conditions.length === 0 && input.ExpressionAttributeValues !== undefined) {
    throw validationError(
      'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null',
    );
  }
  if (
    conditions.length === 0 &&
    ProjectionExpression === undefined &&
    input.ExpressionAttributeNames !== undefined
  ) {
    throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  }
  return new Names(input);
};
