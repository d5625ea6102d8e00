import { type Fault, nearest, shown } from './faults.ts';

/** A contract made by packaging/bare-schemas.ts and slim-contract.ts: a JSON Schema as data, with all it reaches. */
export interface Contract {
  readonly root: unknown;
  readonly definitions: Readonly<Record<string, unknown>>;
}

/** The keywords of JSON Schema that our contracts use, and the two that make them slim; test/stack/contracts.test.ts keeps it complete. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly example?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly nullable?: boolean;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly default?: unknown;
}

/**
 * Every fault of `value` by `contract`, each with its JSON path and what is
 * allowed; none when it is valid. Fills defaults into `value` as it goes.
 *
 * Compiled ajv validators give the same verdicts (a property test holds them
 * together) but weigh 50 to 75 KB for a pipeline, where a whole function may
 * weigh 60; schemas as data weigh 6.
 */
export function check(contract: Contract, value: unknown): Fault[] {
  const faults: Fault[] = [];
  checkNode(contract.root as Schema, value, '$', { contract, faults });
  return faults;
}

interface Place {
  readonly contract: Contract;
  readonly faults: Fault[];
}

function checkNode(schema: Schema, value: unknown, path: string, place: Place): void {
  if (schema.nullable && value === null) return;
  if (schema.$ref !== undefined) {
    checkNode(place.contract.definitions[schema.$ref] as Schema, value, path, place);
  }
  for (const part of schema.allOf ?? []) checkNode(part, value, path, place);
  if (schema.anyOf !== undefined) checkAnyOf(schema.anyOf, value, path, place);

  const refuse = (allowed: string): void => {
    place.faults.push({ path, message: `is ${shown(value)}; ${allowed}` });
  };
  const types = typesOf(schema);
  if (types.length > 0 && !isOfType(value, types)) {
    // What a string may look like says nothing to somebody who wrote a number.
    refuse(`must be of type ${types.join(' or ')}`);
    return;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value))
    refuse(`allowed: ${schema.enum.map(shown).join(', ')}`);
  if (schema.const !== undefined && schema.const !== value) refuse(`must be ${shown(schema.const)}`);
  if (typeof value === 'string') checkText(schema, value, refuse);
  else if (typeof value === 'number') checkNumber(schema, value, refuse);
  else if (Array.isArray(value)) checkArray(schema, value, path, place, refuse);
  else if (typeof value === 'object' && value !== null) {
    checkObject(schema, value as Record<string, unknown>, path, place, refuse);
  }
}

/** Contracts leave out what goes without saying. */
function typesOf({ type, properties, pattern, minLength, maxLength }: Schema): readonly string[] {
  if (type !== undefined) return [type].flat();
  if (properties !== undefined) return ['object'];
  return (pattern ?? minLength ?? maxLength) === undefined ? [] : ['string'];
}

type Refuse = (allowed: string) => void;

function checkText(schema: Schema, value: string, refuse: Refuse): void {
  // JSON Schema counts characters, not UTF-16 units.
  const length = [...value].length;
  if (length < (schema.minLength ?? 0)) refuse(`must have at least ${schema.minLength} characters`);
  if (length > (schema.maxLength ?? Number.POSITIVE_INFINITY))
    refuse(`must have at most ${schema.maxLength} characters`);
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
    const example = schema.example === undefined ? '' : `look like ${shown(schema.example)}, that is `;
    refuse(`must ${example}match ${schema.pattern}`);
  }
}

function checkNumber(schema: Schema, value: number, refuse: Refuse): void {
  if (value < (schema.minimum ?? Number.NEGATIVE_INFINITY)) refuse(`must be at least ${schema.minimum}`);
  if (value > (schema.maximum ?? Number.POSITIVE_INFINITY)) refuse(`must be at most ${schema.maximum}`);
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum)
    refuse(`must be more than ${schema.exclusiveMinimum}`);
}

function checkArray(schema: Schema, value: unknown[], path: string, place: Place, refuse: Refuse): void {
  if (value.length < (schema.minItems ?? 0)) refuse(`must have at least ${schema.minItems} items`);
  if (value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY))
    refuse(`must have at most ${schema.maxItems} items`);
  if (schema.uniqueItems && new Set(value.map((item) => JSON.stringify(item))).size < value.length)
    refuse('must not repeat an item');
  if (schema.items !== undefined) {
    for (const [index, item] of value.entries()) checkNode(schema.items, item, `${path}[${index}]`, place);
  }
}

function checkObject(
  schema: Schema,
  value: Record<string, unknown>,
  path: string,
  place: Place,
  refuse: Refuse,
): void {
  const properties = schema.properties ?? {};
  for (const [key, field] of Object.entries(properties)) {
    if (field.default !== undefined && value[key] === undefined) value[key] = structuredClone(field.default);
  }
  for (const key of requiredOf(schema)) {
    if (!Object.hasOwn(value, key)) place.faults.push({ path: fieldPath(path, key), message: 'is missing' });
  }
  const keys = Object.keys(value);
  if (keys.length < (schema.minProperties ?? 0)) refuse(`must have at least ${schema.minProperties} fields`);
  if (keys.length > (schema.maxProperties ?? Number.POSITIVE_INFINITY))
    refuse(`must have at most ${schema.maxProperties} fields`);
  for (const key of keys) {
    const keyPath = fieldPath(path, key);
    if (schema.propertyNames !== undefined) checkNode(schema.propertyNames, key, keyPath, place);
    if (Object.hasOwn(properties, key)) checkNode(properties[key]!, value[key], keyPath, place);
    // What names its fields is closed, unless it says otherwise.
    else if ((schema.additionalProperties ?? schema.properties === undefined) === false)
      place.faults.push({ path: keyPath, message: unknownField(key, properties) });
    else if (typeof schema.additionalProperties === 'object')
      checkNode(schema.additionalProperties, value[key], keyPath, place);
  }
}

const requiredOf = ({ required = [], optional, properties = {} }: Schema): readonly string[] =>
  optional ? Object.keys(properties).filter((key) => !optional.includes(key)) : required;

/** One alternative must fit; when none does, the faults of the one that came nearest are told. */
function checkAnyOf(alternatives: readonly Schema[], value: unknown, path: string, place: Place): void {
  const tries = alternatives.map((alternative) => {
    const faults: Fault[] = [];
    checkNode(alternative, value, path, { ...place, faults });
    return faults;
  });
  const depth = (faults: readonly Fault[]): number => (faults.some((fault) => fault.path === path) ? 0 : 1);
  const best = tries.sort((a, b) => (a.length === 0 ? -1 : b.length === 0 ? 1 : depth(b) - depth(a)))[0]!;
  place.faults.push(...best);
}

function isOfType(value: unknown, types: readonly string[]): boolean {
  return types.some((type) => {
    if (type === 'null') return value === null;
    if (type === 'array') return Array.isArray(value);
    if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
    if (type === 'integer') return Number.isInteger(value);
    if (type === 'number') return Number.isFinite(value);
    return typeof value === type;
  });
}

const unknownField = (key: string, properties: Readonly<Record<string, Schema>>): string => {
  const known = Object.keys(properties);
  const near = nearest(key, known);
  return `is not a known field${near ? `; did you mean ${near}?` : ''} (known here: ${known.join(', ') || 'none'})`;
};

const fieldPath = (path: string, key: string): string =>
  /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
