/** What a keyword's value has to be. */
type Test = (value: unknown, path: string) => string | undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const that =
  (holds: (value: unknown) => boolean, what: string): Test =>
  (value, path) =>
    holds(value) ? undefined : `${path} has to be ${what}.`;

const number = that((value) => typeof value === 'number', 'a number');
const positive = that((value) => typeof value === 'number' && value > 0, 'a number above 0');
const count = that((value) => Number.isInteger(value) && (value as number) >= 0, 'a whole number from 0');
const flag = that((value) => typeof value === 'boolean', 'true or false');
const text = that((value) => typeof value === 'string', 'a text');
const texts = that(
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string') &&
    new Set(value).size === value.length,
  'a list of different texts, not empty',
);
const values = that((value) => Array.isArray(value) && value.length > 0, 'a list, not empty');
const pattern = that((value) => {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') !== undefined;
  } catch {
    return false;
  }
}, 'a regular expression');

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const type = that(
  (value) => {
    const given = Array.isArray(value) ? value : [value];
    return given.length > 0 && given.every((one) => TYPES.includes(one as string));
  },
  `one of ${TYPES.join(', ')}, or a list of them`,
);

const schema: Test = (value, path) => faultInDraft4(value, path);
const orFlag =
  (test: Test): Test =>
  (value, path) =>
    typeof value === 'boolean' ? undefined : test(value, path);
const listOf =
  (test: Test): Test =>
  (value, path) =>
    values(value, path) ?? firstFault(value as readonly unknown[], path, test);
const mapOf =
  (test: Test): Test =>
  (value, path) =>
    isObject(value) ? firstFault(value, path, test) : `${path} has to be an object.`;
const oneOrMore =
  (test: Test): Test =>
  (value, path) =>
    Array.isArray(value) ? listOf(test)(value, path) : test(value, path);

function firstFault(
  within: readonly unknown[] | Readonly<Record<string, unknown>>,
  path: string,
  test: Test,
): string | undefined {
  for (const [name, value] of Object.entries(within)) {
    const fault = test(value, `${path}.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Source: JSON Schema draft 4's own schema. Unknown keywords are allowed. */
const keywords: Readonly<Record<string, Test>> = {
  $ref: text,
  $schema: that(
    (value) => typeof value === 'string' && /^http:\/\/json-schema\.org\/draft-04\/schema#?$/.test(value),
    'http://json-schema.org/draft-04/schema#',
  ),
  additionalItems: orFlag(schema),
  additionalProperties: orFlag(schema),
  allOf: listOf(schema),
  anyOf: listOf(schema),
  definitions: mapOf(schema),
  dependencies: mapOf((value, path) => (Array.isArray(value) ? texts(value, path) : schema(value, path))),
  description: text,
  enum: values,
  exclusiveMaximum: flag,
  exclusiveMinimum: flag,
  format: text,
  id: text,
  items: oneOrMore(schema),
  maxItems: count,
  maxLength: count,
  maxProperties: count,
  maximum: number,
  minItems: count,
  minLength: count,
  minProperties: count,
  minimum: number,
  multipleOf: positive,
  not: schema,
  oneOf: listOf(schema),
  pattern,
  patternProperties: mapOf(schema),
  properties: mapOf(schema),
  required: texts,
  title: text,
  type,
  uniqueItems: flag,
};

/** @returns what keeps it from being a schema, and where */
export function faultInDraft4(value: unknown, path = 'schema'): string | undefined {
  if (!isObject(value)) return `${path} has to be an object.`;
  for (const [name, inner] of Object.entries(value)) {
    const fault = Object.hasOwn(keywords, name) ? keywords[name]!(inner, `${path}.${name}`) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}
