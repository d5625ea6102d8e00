/** What a template may refer to, answered with the place of the question for the error's sake. */
export interface Scope {
  ref(name: string, path: string): unknown;
  attribute(logicalId: string, name: string, path: string): unknown;
  condition(name: string, path: string): boolean;
  mapped(map: string, first: string, second: string, path: string): unknown;
}

/** What `AWS::NoValue` stands for: whatever holds it is left out. */
export const noValue: unique symbol = Symbol('AWS::NoValue');

/** A fault in the template, with the place at which it stands. */
export class TemplateError extends Error {
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = 'TemplateError';
  }
}

/**
 * A value of the template with every intrinsic function resolved.
 *
 * @param path where the value stands, such as `Resources.Queue.Properties.QueueName`
 * @throws TemplateError naming the place of what cannot be resolved
 */
export const resolveValue = (value: unknown, scope: Scope, path: string): unknown => {
  if (typeof value === 'string') return literal(value, path);
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolveValue(item, scope, `${path}[${index}]`))
      .filter((item) => item !== noValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  const [first, ...others] = Object.keys(value);
  if (first !== undefined && others.length === 0 && isIntrinsic(first)) {
    const resolve = Object.hasOwn(intrinsics, first) ? intrinsics[first] : undefined;
    if (resolve === undefined) throw new TemplateError(path, `${first} is not modelled (docs/fidelity.md).`);
    return resolve((value as Record<string, unknown>)[first], scope, `${path}.${first}`);
  }
  const resolved: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const result = resolveValue(inner, scope, `${path}.${key}`);
    if (result !== noValue) resolved[key] = result;
  }
  return resolved;
};

type Intrinsic = (argument: unknown, scope: Scope, path: string) => unknown;

/** `Condition` is a function only among conditions; elsewhere it is a policy's or a resource's member. */
const isIntrinsic = (name: string): boolean => name === 'Ref' || name.startsWith('Fn::');

const literal = (text: string, path: string): string => {
  if (text.includes('{{resolve:'))
    throw new TemplateError(path, 'dynamic references are not modelled (docs/fidelity.md).');
  return text;
};

const textOf = (value: unknown, path: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new TemplateError(path, `text is wanted here, not ${JSON.stringify(value)}.`);
};

const listOf = (value: unknown, scope: Scope, path: string): unknown[] => {
  const list = resolveValue(value, scope, path);
  if (Array.isArray(list)) return list;
  throw new TemplateError(path, `a list is wanted here, not ${JSON.stringify(list)}.`);
};

const getAtt: Intrinsic = (argument, scope, path) => {
  const [logicalId, ...name] = Array.isArray(argument) ? argument : String(argument).split('.');
  return scope.attribute(
    String(logicalId),
    name.map((part) => textOf(resolveValue(part, scope, path), path)).join('.'),
    path,
  );
};

const sub: Intrinsic = (argument, scope, path) => {
  const [template, values] = Array.isArray(argument) ? argument : [argument, {}];
  const own = (resolveValue(values ?? {}, scope, path) ?? {}) as Record<string, unknown>;
  return literal(textOf(template, path), path).replace(
    /\$\{(!?)([^}]+)\}/g,
    (_, exclamation: string, name: string) => {
      if (exclamation) return `\${${name}}`;
      if (Object.hasOwn(own, name)) return textOf(own[name], path);
      const dot = name.indexOf('.');
      return textOf(
        dot === -1 ? scope.ref(name, path) : scope.attribute(name.slice(0, dot), name.slice(dot + 1), path),
        path,
      );
    },
  );
};

const join: Intrinsic = (argument, scope, path) => {
  const [separator, list] = argument as [unknown, unknown];
  return listOf(list, scope, path)
    .map((part) => textOf(part, path))
    .join(textOf(separator, path));
};

const select: Intrinsic = (argument, scope, path) => {
  const [index, list] = argument as [unknown, unknown];
  const items = listOf(list, scope, path);
  const wanted = Number(textOf(resolveValue(index, scope, path), path));
  if (items[wanted] === undefined)
    throw new TemplateError(path, `there is no item ${wanted} in a list of ${items.length}.`);
  return items[wanted];
};

const split: Intrinsic = (argument, scope, path) => {
  const [separator, text] = argument as [unknown, unknown];
  return textOf(resolveValue(text, scope, path), path).split(textOf(separator, path));
};

const choose: Intrinsic = (argument, scope, path) => {
  const [name, yes, no] = argument as [string, unknown, unknown];
  return resolveValue(scope.condition(name, path) ? yes : no, scope, path);
};

const findInMap: Intrinsic = (argument, scope, path) => {
  const [map, first, second] = listOf(argument, scope, path).map((part) => textOf(part, path));
  return scope.mapped(map!, first!, second!, path);
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope, path) => scope.ref(textOf(name, path), path),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (text, scope, path) =>
    Buffer.from(textOf(resolveValue(text, scope, path), path)).toString('base64'),
};

/** The truth of a condition's body: `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`, `Condition`. */
export const resolveCondition = (body: unknown, scope: Scope, path: string): boolean => {
  const [name, argument] = Object.entries((body ?? {}) as Record<string, unknown>)[0] ?? [];
  const parts = (): boolean[] =>
    (argument as unknown[]).map((part, index) => resolveCondition(part, scope, `${path}.${name}[${index}]`));
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument), path);
    case 'Fn::Equals': {
      const [left, right] = listOf(argument, scope, path);
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return parts().every(Boolean);
    case 'Fn::Or':
      return parts().some(Boolean);
    case 'Fn::Not':
      return !parts()[0];
    default:
      throw new TemplateError(path, `${name ?? 'an empty condition'} is not a condition that is modelled.`);
  }
};
