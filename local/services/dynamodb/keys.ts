import { validationError } from '../../aws-error.ts';
import { type AttributeValue, type Item, partsOf, sizeOf, type Type } from './attribute-value.ts';
import { invalid } from './errors.ts';
import type { Path } from './expressions/paths.ts';

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

/** One attribute of a key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: Type;
  readonly isHash: boolean;
}

export type KeySchema = readonly KeyAttribute[];

/** The partition's attribute first. */
export const keySchemaOf = (
  elements: readonly KeySchemaElement[],
  types: ReadonlyMap<string, Type>,
): KeySchema =>
  elements.map(({ AttributeName, KeyType }) => ({
    name: AttributeName,
    type: types.get(AttributeName)!,
    isHash: KeyType === 'HASH',
  }));

/** @throws AwsError if these are not exactly the key's attributes */
export const checkKey = (schema: KeySchema, key: Item): void => {
  if (Object.keys(key).length !== schema.length) throw doesNotMatch();
  for (const attribute of schema) {
    const value = key[attribute.name];
    if (value === undefined || !(attribute.type in value)) throw doesNotMatch();
    checkKeyValue(attribute, value);
  }
};

/** @throws AwsError if the item has no such key */
export const checkItemKey = (schema: KeySchema, item: Item): void => {
  for (const attribute of schema) {
    const value = item[attribute.name];
    if (value === undefined) throw invalid(`Missing the key ${attribute.name} in the item`);
    if (!(attribute.type in value)) {
      throw invalid(
        `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${partsOf(value)[0]}`,
      );
    }
    checkKeyValue(attribute, value);
  }
};

/** @throws AwsError for an index's key that has another type; one that is missing leaves the item out of the index */
export const checkIndexKey = (indexName: string, schema: KeySchema, item: Item): void => {
  for (const { name, type } of schema) {
    const value = item[name];
    if (value === undefined) continue;
    if (!(type in value)) {
      throw invalid(
        `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${partsOf(value)[0]} IndexName: ${indexName}`,
      );
    }
    if (isEmpty(value)) {
      throw validationError(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${emptyKey(name, type, `IndexName: ${indexName}, IndexKey`)}`,
      );
    }
  }
};

/** @throws AwsError if an update would change what an item is found by */
export const refuseKeyPaths = (schema: KeySchema, paths: readonly Path[]): void => {
  for (const [name] of paths) {
    if (schema.some((attribute) => attribute.name === name)) {
      throw invalid(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
  }
};

const LONGEST_HASH_BYTES = 2_048;
const LONGEST_RANGE_BYTES = 1_024;

const checkKeyValue = ({ name, type, isHash }: KeyAttribute, value: AttributeValue): void => {
  if (isEmpty(value)) {
    throw validationError(`One or more parameter values are not valid. ${emptyKey(name, type, 'Key')}`);
  }
  if (type === 'N') return;
  const size = sizeOf(value);
  if (isHash && size > LONGEST_HASH_BYTES) {
    throw invalid(`Size of hashkey has exceeded the maximum size limit of${LONGEST_HASH_BYTES} bytes`);
  }
  if (!isHash && size > LONGEST_RANGE_BYTES) {
    throw invalid(
      `Aggregated size of all range keys has exceeded the size limit of ${LONGEST_RANGE_BYTES} bytes`,
    );
  }
};

const isEmpty = (value: AttributeValue): boolean => partsOf(value)[1] === '';

const emptyKey = (name: string, type: Type, told: string): string =>
  `The AttributeValue for a key attribute cannot contain an empty ${type === 'B' ? 'binary' : 'string'} value. ${told}: ${name}`;

const doesNotMatch = () => validationError('The provided key element does not match the schema');

/** The names by which a page's last item is found again. */
export const keyNames = (...schemas: readonly KeySchema[]): string[] => [
  ...new Set(schemas.flatMap((schema) => schema.map(({ name }) => name))),
];
