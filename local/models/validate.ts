import { types } from 'node:util';
import type { ServiceName } from '../service.ts';
import {
  allConstraintsOf,
  atLeast,
  atMost,
  constraintsOf,
  fault,
  isObject,
  missing,
  type Place,
  unknownMember,
  wrongType,
} from './fault-text.ts';
import { type Faults, invalidInput } from './invalid-input.ts';
import { modelOf, type Shape } from './model.ts';
import { checkTagKeys } from './tag-keys.ts';

/**
 * Judges an input by AWS's model of the operation.
 *
 * Times may be `Date`, epoch number or text, bytes may be text or `Uint8Array`:
 * callers in this process have no wire format.
 *
 * @returns false if AWS's model of this operation is not among our files
 * @throws AwsError with all faults at once, in AWS's words; an unknown member and a wrong type alone, as AWS does
 */
export const validateInput = (service: ServiceName, operation: string, input: unknown): boolean => {
  const model = modelOf(service).operation(operation);
  if (model === undefined) return false;
  const faults: Faults = { values: [], unknown: [] };
  check(model.input, input ?? {}, undefined, faults);
  if (faults.unknown.length > 0 || faults.values.length > 0) throw invalidInput(service, faults);
  if (isObject(input)) checkTagKeys(input.Tags ?? input.tags);
  return true;
};

const check = (shape: Shape, value: unknown, place: Place | undefined, faults: Faults): void => {
  switch (shape.kind) {
    case 'structure':
      if (!isObject(value)) throw wrongType(value, 'Structure', place);
      checkStructure(shape, value, place, faults);
      return;
    case 'map':
      if (!isObject(value)) throw wrongType(value, 'Map', place);
      checkMap(shape, value, place, faults);
      return;
    case 'list':
      if (!Array.isArray(value)) throw wrongType(value, 'List', place);
      checkList(shape, value, place, faults);
      return;
    default: {
      requireType(shape, value, place);
      if (keepsLimits(shape, value)) return;
      for (const text of constraintsOf(shape, value)) faults.values.push(fault(shape, value, place, text));
    }
  }
};

const checkStructure = (
  shape: Shape,
  value: Record<string, unknown>,
  place: Place | undefined,
  faults: Faults,
): void => {
  for (const name of shape.required) {
    if (value[name] === undefined || value[name] === null) {
      faults.values.push(missing({ parent: place, step: name }));
    }
  }
  for (const name in value) {
    const member = value[name];
    if (member === undefined || member === null) continue;
    const memberShape = shape.members.get(name);
    if (memberShape === undefined) faults.unknown.push(unknownMember(name, shape, place));
    else check(memberShape, member, { parent: place, step: name }, faults);
  }
};

const checkList = (
  shape: Shape,
  value: readonly unknown[],
  place: Place | undefined,
  faults: Faults,
): void => {
  checkSize(shape, value, value.length, place, faults);
  const item = shape.value!;
  const plain = isPlain(item);
  for (const [index, entry] of value.entries()) {
    const at = { parent: { parent: place, step: index + 1 }, step: 'member' };
    if (!plain) {
      check(item, entry, at, faults);
      continue;
    }
    requireType(item, entry, at);
    if (!keepsLimits(item, entry)) {
      faults.values.push(
        fault(item, value, place, `Member must satisfy constraint: [${allConstraintsOf(item)}]`),
      );
      return;
    }
  }
};

const checkMap = (
  shape: Shape,
  value: Record<string, unknown>,
  place: Place | undefined,
  faults: Faults,
): void => {
  checkSize(shape, value, Object.keys(value).length, place, faults);
  const inner = shape.value!;
  const plain = isPlain(inner);
  for (const key in value) {
    if (value[key] === undefined || value[key] === null) continue;
    if (shape.key !== undefined && !keepsLimits(shape.key, key)) {
      faults.values.push(
        fault(shape.key, value, place, `Map keys must satisfy constraint: [${allConstraintsOf(shape.key)}]`),
      );
      return;
    }
    const at = { parent: { parent: place, step: key, isKey: true }, step: 'member' };
    if (!plain) {
      check(inner, value[key], at, faults);
      continue;
    }
    requireType(inner, value[key], at);
    if (!keepsLimits(inner, value[key])) {
      faults.values.push(
        fault(inner, value, place, `Map value must satisfy constraint: [${allConstraintsOf(inner)}]`),
      );
      return;
    }
  }
};

const checkSize = (
  shape: Shape,
  value: unknown,
  size: number,
  place: Place | undefined,
  faults: Faults,
): void => {
  if (shape.max !== undefined && size > shape.max)
    faults.values.push(fault(shape, value, place, atMost('length', shape.max)));
  if (shape.min !== undefined && size < shape.min)
    faults.values.push(fault(shape, value, place, atLeast('length', shape.min)));
};

/** AWS tells faults of plain list items and map values at the list or map, of others at the item. */
const isPlain = (shape: Shape): boolean =>
  shape.kind !== 'structure' && shape.kind !== 'map' && shape.kind !== 'list';

const requireType = (shape: Shape, value: unknown, place: Place | undefined): void => {
  if (!hasType(shape.kind, value)) throw wrongType(value, shape.kind, place);
};

const hasType = (kind: Shape['kind'], value: unknown): boolean => {
  switch (kind) {
    case 'integer':
      return Number.isInteger(value);
    case 'blob':
      return typeof value === 'string' || types.isUint8Array(value);
    case 'timestamp':
      return typeof value === 'number' || !Number.isNaN(timeOf(value));
    default:
      // Strings, numbers and booleans carry the names of JavaScript's own types.
      return typeof value === kind;
  }
};

/** Epoch milliseconds of a `Date` or of a time as text; NaN for anything else. */
const timeOf = (value: unknown): number => {
  if (types.isDate(value)) return value.getTime();
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
};

const keepsLimits = (shape: Shape, value: unknown): boolean => {
  const size = typeof value === 'number' ? value : ((value as { length?: number }).length ?? 0);
  return (
    (shape.max === undefined || size <= shape.max) &&
    (shape.min === undefined || size >= shape.min) &&
    (shape.values === undefined || shape.values.has(value as string)) &&
    (shape.matches === undefined || shape.matches(value as string))
  );
};
