import { createHash } from 'node:crypto';
import { validationError } from '../../aws-error.ts';
import { remembered } from '../../remembered.ts';
import { compared, type Item, itemSize, partsOf, type Type } from './attribute-value.ts';
import { checkIndexKey, type KeySchema, keySchemaOf } from './keys.ts';
import type { IndexProperties, TableProperties } from './table-properties.ts';

export interface Index {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly key: KeySchema;
  /** Which attributes it holds; undefined if all. */
  readonly attributes?: readonly string[];
}

/** AWS's limit, names included. */
export const LARGEST_ITEM_BYTES = 409_600;

/** Items by partition, each partition sorted by its range key. Items in it are never changed, only replaced. */
export class Table {
  readonly name: string;
  readonly key: KeySchema;
  readonly indexes: readonly Index[];
  /** What DescribeTable tells but for the counts. */
  readonly description: Readonly<Record<string, unknown>>;
  readonly isProtected: boolean;
  readonly #partitions = new Map<string, Item[]>();
  /** Partitions in the order of a scan, until a new one comes. */
  #scanOrder: Item[][] | undefined;

  constructor(properties: TableProperties, description: Readonly<Record<string, unknown>>) {
    const types = new Map(
      properties.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [
        AttributeName,
        AttributeType as Type,
      ]),
    );
    this.name = properties.TableName;
    this.description = description;
    this.isProtected = properties.DeletionProtectionEnabled === true;
    this.key = keySchemaOf(properties.KeySchema, types);
    const index =
      (isGlobal: boolean) =>
      (of: IndexProperties): Index => {
        const key = keySchemaOf(of.KeySchema, types);
        const { ProjectionType, NonKeyAttributes = [] } = of.Projection;
        const names = [...this.key, ...key].map(({ name }) => name);
        return {
          name: of.IndexName,
          isGlobal,
          key,
          ...(ProjectionType !== 'ALL' && { attributes: [...new Set([...names, ...NonKeyAttributes])] }),
        };
      };
    this.indexes = [
      ...(properties.GlobalSecondaryIndexes ?? []).map(index(true)),
      ...(properties.LocalSecondaryIndexes ?? []).map(index(false)),
    ];
  }

  /** @throws AwsError ValidationException */
  index(name: string): Index {
    const found = this.indexes.find((index) => index.name === name);
    if (found !== undefined) return found;
    throw validationError(`The table does not have the specified index: ${name}`);
  }

  get(key: Item): Item | undefined {
    const partition = this.#partitions.get(this.#hash(key));
    if (partition === undefined) return undefined;
    const { at, isThere } = this.#find(partition, key);
    return isThere ? partition[at] : undefined;
  }

  /** @throws AwsError if it does not fit into the table's indexes */
  checkFits(item: Item): void {
    for (const { name, key } of this.indexes) checkIndexKey(name, key, item);
  }

  put(item: Item): void {
    const partition = remembered(this.#partitions, this.#hash(item), () => {
      this.#scanOrder = undefined;
      return [];
    });
    const { at, isThere } = this.#find(partition, item);
    partition.splice(at, isThere ? 1 : 0, item);
  }

  delete(key: Item): void {
    const partition = this.#partitions.get(this.#hash(key));
    if (partition === undefined) return;
    const { at, isThere } = this.#find(partition, key);
    if (isThere) partition.splice(at, 1);
  }

  /** The items that share a key's partition, in the order of their range keys. */
  partition(key: Item): readonly Item[] {
    return this.#partitions.get(this.#hash(key)) ?? [];
  }

  /** All items: partitions as their hashes lie, which tells nobody anything, as in DynamoDB. */
  all(): readonly Item[] {
    this.#scanOrder ??= [...this.#partitions]
      .map(([hash, items]) => ({ at: createHash('md5').update(hash).digest('hex'), items }))
      .sort((one, other) => (one.at < other.at ? -1 : 1))
      .map(({ items }) => items);
    return this.#scanOrder.flat();
  }

  /** An index's items with what it holds of them, by its own key and then the table's. */
  indexed({ key, attributes }: Index): readonly Item[] {
    return this.all()
      .filter((item) => key.every(({ name }) => item[name] !== undefined))
      .map((item) => (attributes === undefined ? item : picked(item, attributes)))
      .sort((one, other) => orderOf(one, other, [...key, ...this.key]));
  }

  counts(): { ItemCount: number; TableSizeBytes: number } {
    const items = this.all();
    return {
      ItemCount: items.length,
      TableSizeBytes: items.reduce((sum, item) => sum + itemSize(item), 0),
    };
  }

  #hash(key: Item): string {
    return String(partsOf(key[this.key[0]!.name]!)[1]);
  }

  /** Where an item of this range key is, or would be. */
  #find(partition: readonly Item[], key: Item): { at: number; isThere: boolean } {
    const range = this.key[1];
    if (range === undefined) return { at: 0, isThere: partition.length > 0 };
    let [from, to] = [0, partition.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const order = compared(partition[middle]![range.name]!, key[range.name]!)!;
      if (order === 0) return { at: middle, isThere: true };
      if (order < 0) from = middle + 1;
      else to = middle;
    }
    return { at: from, isThere: false };
  }
}

/** How two items lie by these attributes, for `sort`. */
export const orderOf = (one: Item, other: Item, key: KeySchema): number => {
  for (const { name } of key) {
    const order = compared(one[name]!, other[name]!)!;
    if (order !== 0) return order;
  }
  return 0;
};

export const picked = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]!]));
