import type { BareContract } from './bare-schemas.ts';

type Schema = Record<string, unknown>;

/**
 * Says the same as `contract` in fewer words, a third of its weight: functions
 * carry their contracts, and each has 60 KB in all. `check.ts` reads it so:
 *
 * - what has fields is an object and closed, unless it says that it is open;
 *   what has a length or a pattern is a string;
 * - `optional` names the fields that may be missing, where that is the shorter list;
 * - `nullable` stands for one of two alternatives of which the other is null;
 * - a definition that is used once stands where it is used; the others have short keys.
 */
export function slimContract({ root, definitions }: BareContract): BareContract {
  const slimmed = Object.fromEntries(
    Object.entries(definitions).map(([key, definition]) => [key, slim(definition as Schema)]),
  );
  return withoutDetours({ root: slim(root as Schema), definitions: slimmed });
}

function slim(schema: Schema): Schema {
  return [withoutTheUsual, byTheShorterList, nullable].reduce(
    (node, rule) => rule(node),
    mapped(schema, slim),
  );
}

/** The same schema with each schema in it replaced. */
function mapped(schema: Schema, change: (inner: Schema) => Schema): Schema {
  const isSchema = (value: unknown): value is Schema =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'properties') {
        const fields = Object.entries(value as Record<string, Schema>);
        return [keyword, Object.fromEntries(fields.map(([name, field]) => [name, change(field)]))];
      }
      if (keyword === 'allOf' || keyword === 'anyOf') return [keyword, (value as Schema[]).map(change)];
      const holdsOne = ['items', 'additionalProperties', 'propertyNames'].includes(keyword);
      return [keyword, holdsOne && isSchema(value) ? change(value) : value];
    }),
  );
}

function withoutTheUsual(schema: Schema): Schema {
  const { type, additionalProperties, ...rest } = schema;
  if (schema.properties !== undefined) {
    const isClosed = additionalProperties === false;
    return {
      ...(type !== 'object' && { type }),
      ...rest,
      ...(!isClosed && { additionalProperties: additionalProperties ?? true }),
    };
  }
  const isText = ['pattern', 'minLength', 'maxLength'].some((keyword) => keyword in schema);
  if (!isText || type !== 'string') return schema;
  const { type: _, ...text } = schema;
  return text;
}

function byTheShorterList(schema: Schema): Schema {
  const { required, ...rest } = schema as { required?: string[]; properties?: object };
  const fields = Object.keys(rest.properties ?? {});
  if (required === undefined || required.some((field) => !fields.includes(field))) return schema;
  const optional = fields.filter((field) => !required.includes(field));
  return JSON.stringify(optional).length < JSON.stringify(required).length ? { ...rest, optional } : schema;
}

function nullable(schema: Schema): Schema {
  const { anyOf, ...rest } = schema as { anyOf?: Schema[] };
  const [other, ...more] = (anyOf ?? []).filter(({ type }) => type !== 'null');
  if (other === undefined || more.length > 0 || anyOf?.length !== 2) return schema;
  return { ...other, ...rest, nullable: true };
}

function withoutDetours({ root, definitions }: BareContract): BareContract {
  const uses = new Map<string, number>();
  const count = (schema: Schema): Schema => {
    if (typeof schema.$ref === 'string') uses.set(schema.$ref, (uses.get(schema.$ref) ?? 0) + 1);
    return mapped(schema, count);
  };
  for (const schema of [root, ...Object.values(definitions)]) count(schema as Schema);
  const shared = Object.keys(definitions).filter((key) => uses.get(key) !== 1);
  const keys = new Map(shared.map((key, at) => [key, at.toString(36)]));
  const place = (schema: Schema): Schema => {
    const { $ref, ...rest } = schema;
    if (typeof $ref !== 'string') return mapped(schema, place);
    const key = keys.get($ref);
    return key === undefined
      ? { ...place(definitions[$ref] as Schema), ...rest }
      : { ...mapped(rest, place), $ref: key };
  };
  return {
    root: place(root as Schema),
    definitions: Object.fromEntries(
      [...keys].map(([name, key]) => [key, place(definitions[name] as Schema)]),
    ),
  };
}
