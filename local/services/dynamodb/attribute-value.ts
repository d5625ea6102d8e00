import { validationError } from '../../aws-error.ts';
import { canonicalNumber, compareNumbers } from './decimal.ts';

/** A value in the API's own form. Bytes stand in base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

export type Item = Readonly<Record<string, AttributeValue>>;

export type Type = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** A value's type and what it holds. */
export const partsOf = (value: AttributeValue): [Type, unknown] => {
  for (const type in value) return [type as Type, (value as Record<string, unknown>)[type]];
  throw new Error('An attribute value is empty.');
};

export const typeOf = (value: AttributeValue): Type => partsOf(value)[0];

/**
 * A value as it is kept: checked, numbers canonical, a copy of its own.
 *
 * @throws AwsError ValidationException
 */
export const checkedValue = (value: Readonly<Record<string, unknown>>): AttributeValue => {
  const types = Object.keys(value).filter((type) => value[type] !== undefined);
  if (types.length === 0) throw refused('is empty,');
  const copies = types.map((type) => copyOf(type as Type, value[type]));
  if (types.length > 1) throw refused('has more than one datatypes set,');
  return copies[0]!;
};

export const checkedItem = (item: object): Item => {
  const copy: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(item)) {
    copy[name] = checkedValue(value as Readonly<Record<string, unknown>>);
  }
  return copy;
};

/** A copy for somebody who may change it. */
export const copied = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied) as Value;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = copied(value[name]);
  return copy as Value;
};

/** Sets are equal whatever their order. */
export const isEqual = (one: AttributeValue, other: AttributeValue): boolean => {
  const [type, held] = partsOf(one);
  const [otherType, otherHeld] = partsOf(other);
  if (type !== otherType) return false;
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS': {
      const members = new Set(held as string[]);
      const others = otherHeld as string[];
      return members.size === others.length && others.every((member) => members.has(member));
    }
    case 'L': {
      const [list, otherList] = [held as AttributeValue[], otherHeld as AttributeValue[]];
      return list.length === otherList.length && list.every((value, at) => isEqual(value, otherList[at]!));
    }
    case 'M': {
      const [map, otherMap] = [held as Item, otherHeld as Item];
      const names = Object.keys(map);
      return (
        names.length === Object.keys(otherMap).length &&
        names.every((name) => Object.hasOwn(otherMap, name) && isEqual(map[name]!, otherMap[name]!))
      );
    }
    default:
      return held === otherHeld;
  }
};

/**
 * How two values of one sortable type lie: numbers by size, texts and bytes by
 * their bytes. Undefined for all others.
 */
export const compared = (one: AttributeValue, other: AttributeValue): number | undefined => {
  if ('N' in one && 'N' in other) return compareNumbers(one.N, other.N);
  if ('S' in one && 'S' in other) return compareText(one.S, other.S);
  if ('B' in one && 'B' in other) {
    return Buffer.compare(Buffer.from(one.B, 'base64'), Buffer.from(other.B, 'base64'));
  }
  return undefined;
};

/** Bytes a value takes. Source: developer guide, "DynamoDB item sizes and formats". */
export const sizeOf = (value: AttributeValue): number => {
  const [type, held] = partsOf(value);
  switch (type) {
    case 'S':
      return Buffer.byteLength(held as string);
    case 'N':
      return numberSize(held as string);
    case 'B':
      return bytesIn(held as string);
    case 'SS':
      return total(held as string[], (text) => Buffer.byteLength(text));
    case 'NS':
      return total(held as string[], numberSize);
    case 'BS':
      return total(held as string[], bytesIn);
    case 'L':
      return 3 + total(held as AttributeValue[], (member) => 1 + sizeOf(member));
    case 'M':
      return 3 + itemSize(held as Item) + Object.keys(held as Item).length;
    default:
      return 1;
  }
};

export const itemSize = (item: Item): number => {
  let size = 0;
  for (const name in item) size += Buffer.byteLength(name) + sizeOf(item[name]!);
  return size;
};

export const bytesIn = (base64: string): number => Buffer.byteLength(base64, 'base64');

const copyOf = (type: Type, held: unknown): AttributeValue => {
  switch (type) {
    case 'N':
      return { N: canonicalNumber(String(held)) };
    case 'B':
      return { B: asBase64(held) };
    case 'NULL':
      if (held !== true) throw invalid('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
      return { SS: setOf(held, 'An string set  may not be empty', String) };
    case 'NS':
      return { NS: setOf(held, 'An number set  may not be empty', (text) => canonicalNumber(String(text))) };
    case 'BS':
      return { BS: setOf(held, 'Binary sets should not be empty', asBase64) };
    case 'L':
      return { L: (held as Record<string, unknown>[]).map(checkedValue) };
    case 'M':
      return { M: checkedItem(held as object) };
    default:
      return { [type]: held } as unknown as AttributeValue;
  }
};

const setOf = (held: unknown, ifEmpty: string, member: (value: unknown) => string): string[] => {
  const members = (held as unknown[]).map(member);
  if (members.length === 0) throw invalid(ifEmpty);
  if (new Set(members).size < members.length) {
    throw invalid(`Input collection [${members.join(', ')}] contains duplicates.`);
  }
  return members;
};

const asBase64 = (held: unknown): string =>
  typeof held === 'string' ? held : Buffer.from(held as Uint8Array).toString('base64');

const compareText = (one: string, other: string): number => {
  if (one === other) return 0;
  // UTF-16 puts what lies beyond the first plane in another place than UTF-8 does.
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
};

const numberSize = (text: string): number => Math.ceil(text.replace(/[-.]|0+$/g, '').length / 2) + 1;

const total = <Value>(values: readonly Value[], size: (value: Value) => number): number =>
  values.reduce((sum, value) => sum + size(value), 0);

const invalid = (what: string) => validationError(`One or more parameter values were invalid: ${what}`);

const refused = (what: string) =>
  validationError(`Supplied AttributeValue ${what} must contain exactly one of the supported datatypes`);
