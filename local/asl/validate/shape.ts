import { expressionIn } from '../template.ts';
import type { Report } from './diagnostics.ts';
import { type FieldKind, type Fields, JSONPATH_FIELDS } from './fields.ts';

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Required, unknown and wrongly typed fields of one object in a definition. */
export function checkShape(value: unknown, fields: Fields, location: string, report: Report): value is Json {
  if (!isObject(value)) {
    report.schema('Expected value of type Object', location);
    return false;
  }
  const missing = fields.required.filter((field) => value[field] === undefined);
  if (missing.length > 0)
    report.schema(`These fields are required: [${missing.join(', ')}]`, location || '/');
  for (const [field, member] of Object.entries(value)) {
    const kind = Object.hasOwn(fields.kinds, field) ? fields.kinds[field] : undefined;
    if (kind === undefined) report.schema(unsupported(field), location || '/');
    else checkKind(field, kind, member, `${location}/${field}`, report);
  }
  return missing.length === 0;
}

const unsupported = (field: string): string =>
  JSONPATH_FIELDS.has(field)
    ? `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`
    : `Field '${field}' is not supported`;

const EXPECTED: Partial<Record<FieldKind, string>> = {
  text: 'String',
  boolean: 'Boolean',
  list: 'Array',
  object: 'Object',
  assign: 'Object',
  integer: 'Integer',
  number: 'Number',
};

function checkKind(field: string, kind: FieldKind, value: unknown, location: string, report: Report): void {
  if (fits(field, kind, value)) return;
  if (kind === 'expression')
    report.schema(`The field '${field}' must be a JSONata expression or a boolean`, location);
  else report.schema(`Expected value of type ${EXPECTED[kind]}`, location);
}

function fits(field: string, kind: FieldKind, value: unknown): boolean {
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
    case 'integer':
      // Retry's numbers are constants; every other number may be an expression.
      return Number.isInteger(value) || (!RETRY_NUMBERS.has(field) && expressionIn(value) !== undefined);
    case 'number':
      return typeof value === 'number' || (!RETRY_NUMBERS.has(field) && expressionIn(value) !== undefined);
    case 'expression':
      return typeof value === 'boolean' || expressionIn(value) !== undefined;
    case 'template':
      return true;
  }
}

const RETRY_NUMBERS = new Set(['IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds']);
