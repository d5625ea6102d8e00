import { expressionIn } from '../template.ts';
import type { Report } from './diagnostics.ts';
import type { Enumeration, FieldKind, Fields, NumberField } from './fields.ts';
import { isOfJsonPath, onlyFor } from './jsonpath-fields.ts';

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Required, exclusive, unknown and wrongly typed fields of one object in a definition. */
export function checkShape(value: unknown, fields: Fields, location: string, report: Report): value is Json {
  if (!isObject(value)) {
    report.schema('Expected value of type [OBJECT]', location);
    return false;
  }
  const missing = fields.required.filter((field) => value[field] === undefined);
  if (missing.length > 0)
    report.schema(`These fields are required: [${missing.join(', ')}]`, location || '/');
  if (fields.oneOf) checkOneOf(value, fields.oneOf, location, report);
  for (const [field, member] of Object.entries(value)) {
    const kind = Object.hasOwn(fields.kinds, field) ? fields.kinds[field] : undefined;
    if (kind !== undefined) checkKind(field, kind, member, `${location}/${field}`, report);
    else report.schema(unsupported(field), location || '/');
  }
  return missing.length === 0;
}

const unsupported = (field: string): string =>
  isOfJsonPath(field) ? onlyFor(field, 'JSONata', 'JSONPath') : `Field '${field}' is not supported`;

/** Of several fields that exclude each other. `End: false` counts as none. */
export function checkOneOf(
  value: Json,
  { fields, needed }: NonNullable<Fields['oneOf']>,
  location: string,
  report: Report,
): void {
  const present = fields.filter((field) => value[field] !== undefined && value[field] !== false);
  const names = `[${fields.join(', ')}]`;
  if (present.length > 1)
    report.schema(`There should only be one of the following fields: ${names}`, location);
  if (needed && present.length === 0)
    report.schema(`This object should have only one of the following fields: ${names}`, location);
}

function checkKind(field: string, kind: FieldKind, value: unknown, location: string, report: Report): void {
  if (typeof kind === 'object') {
    if ('values' in kind) checkEnumeration(field, kind, value, location, report);
    else checkNumber(kind, value, location, report);
  } else if (!fits(kind, value)) {
    const text = kind === 'condition' && typeof value === 'string' ? NOT_MARKED : EXPECTED[kind];
    report.schema(text, location);
  }
}

/** A text that begins as an expression but does not end as one, or that has to be one and is not. */
export const NOT_MARKED = 'JSONata string must start with {% and end with %}';

const EXPECTED: Record<Extract<FieldKind, string>, string> = {
  text: 'Expected value of type [STRING]',
  boolean: 'Expected value of type [BOOLEAN]',
  list: 'Expected value of type [ARRAY]',
  object: 'Expected value of type [OBJECT]',
  assign: 'Expected value of type [OBJECT]',
  condition: 'Expected value of type [BOOLEAN]',
  template: '',
};

function fits(kind: Extract<FieldKind, string>, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
    case 'assign':
      return isObject(value);
    case 'condition':
      return typeof value === 'boolean' || expressionIn(value) !== undefined;
    case 'template':
      return true;
  }
}

export function checkEnumeration(
  field: string,
  { values, named }: Enumeration,
  value: unknown,
  location: string,
  report: Report,
): void {
  if (typeof value !== 'string') report.schema(EXPECTED.text, location);
  else if (!values.includes(value)) {
    const list = `[${values.join(', ')}]`;
    const text = named
      ? `The field '${field}' should have one of these values: ${list}`
      : `Value should be one of the following: ${list}`;
    report.schema(text, location);
  }
}

function checkNumber(
  { number, least, most, constant }: NumberField,
  value: unknown,
  location: string,
  report: Report,
): void {
  if (constant !== true && expressionIn(value) !== undefined) return;
  if (typeof value !== 'number' || (number === 'Integer' && !Number.isInteger(value))) {
    report.schema(`Expected value of type ${number}`, location);
    return;
  }
  // Reported: AWS writes the bounds of numbers with a fraction as such.
  const written = (bound: number): string => (number === 'Number' ? bound.toFixed(1) : String(bound));
  if (least !== undefined && value < least) report.schema(`Minimum value is ${written(least)}`, location);
  if (most !== undefined && value > most) report.schema(`Maximum value is ${written(most)}`, location);
}
