import { EvaluationError } from './errors.ts';
import type { Environment, Expression, Expressions } from './jsonata/expression.ts';

/** A field of a state, with its expressions compiled: `Output`, `Arguments`, `Assign` … at any depth. */
export type Template =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly at: string }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Template])[] }
  | { readonly kind: 'array'; readonly items: readonly Template[] };

/** The text between the marks of a whole-string expression, or undefined for plain text. */
export const expressionIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}')
    ? value.slice(2, -2).trim()
    : undefined;

/** @param at where in its field the value stands */
export function compileTemplate(value: unknown, expressions: Expressions, at = ''): Template {
  const source = expressionIn(value);
  if (source !== undefined) return { kind: 'expression', expression: expressions.compile(source), at };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileTemplate(item, expressions, `${at}[${index}]`));
    return items.every(isConstant) ? { kind: 'constant', value } : { kind: 'array', items };
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([key, member]) => [key, compileTemplate(member, expressions, `${at}/${key}`)] as const,
    );
    return members.every(([, member]) => isConstant(member))
      ? { kind: 'constant', value }
      : { kind: 'object', members };
  }
  return { kind: 'constant', value };
}

const isConstant = (template: Template): boolean => template.kind === 'constant';

/**
 * The template's value, or a promise of it when an expression needs the full
 * engine. `field` begins the place in error texts: `Output/a/b`, `Output/list[0]`.
 *
 * @throws EvaluationError or rejects with it
 */
export function evaluateTemplate(template: Template, environment: Environment, field: string): unknown {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'expression':
      return template.expression.evaluate(environment, field, template.at);
    case 'object':
      return evaluateObject(template.members, environment, field);
    case 'array':
      return evaluateAll(template.items, (item) => evaluateTemplate(item, environment, field));
  }
}

function evaluateObject(
  members: readonly (readonly [string, Template])[],
  environment: Environment,
  field: string,
): unknown {
  const values = evaluateAll(members, ([, member]) => evaluateTemplate(member, environment, field));
  return values instanceof Promise ? values.then((ready) => zip(members, ready)) : zip(members, values);
}

function zip(members: readonly (readonly [string, Template])[], values: readonly unknown[]): object {
  const result: Record<string, unknown> = {};
  for (let index = 0; index < members.length; index += 1) define(result, members[index]![0], values[index]);
  return result;
}

/** All values at once, or a promise of them if one of them needs the full engine. */
function evaluateAll<T>(parts: readonly T[], evaluate: (part: T) => unknown): unknown[] | Promise<unknown[]> {
  const values: unknown[] = [];
  let waits = false;
  try {
    for (const part of parts) {
      const value = evaluate(part);
      waits ||= value instanceof Promise;
      values.push(value);
    }
  } catch (error) {
    // Nobody will listen to what the earlier ones come to.
    for (const value of values) if (value instanceof Promise) value.catch(() => {});
    throw error;
  }
  return waits ? Promise.all(values) : values;
}

/** Like plain assignment, but `__proto__` is a key as any other. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else {
    target[key] = value;
  }
}

/** JSON's own word for a value's type, as AWS's error texts use it. */
function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The error for a field whose expression gave a value of the wrong type. */
export function unexpectedType(
  template: Template,
  field: string,
  expected: string,
  value: unknown,
): EvaluationError {
  const what = `returned an unexpected result type. Expected '${expected}', but was '${jsonType(value)}' for value: ${JSON.stringify(value)}`;
  return template.kind === 'expression'
    ? template.expression.failure(field, what)
    : new EvaluationError(
        `The value specified for the field '${field}' has an unexpected type: expected '${expected}'`,
        field,
      );
}
