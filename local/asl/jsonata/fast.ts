import type { Clock } from '../../clock/clock.ts';
import type { Node } from './ast.ts';
import { BUILTINS } from './builtins.ts';
import { OPERATORS, SLOW } from './operators.ts';

/** What a name means: `states`, a variable of the machine, or nothing. */
export type Lookup = (variable: string) => unknown;

/** An expression in plain synchronous steps, or `SLOW` for this input. */
export type Fast = (lookup: Lookup, clock: Pick<Clock, 'now'>) => unknown;

/**
 * Most expressions in a machine read a path, compare, join texts or build an
 * object. The full engine awaits at every node (some 30 µs for a short path);
 * these closures do the same without awaiting. They take only the cases whose
 * meaning is beyond doubt and leave every other, errors included, to the engine.
 *
 * @returns undefined if the expression as a whole needs the engine
 */
export function compileFast(node: Node): Fast | undefined {
  if (node.stages || node.group || node.keepArray || node.keepSingletonArray) return undefined;
  if (node.predicate && node.type !== 'variable') return undefined;
  if (node.focus || node.index || node.ancestor || node.tuple || node.nextFunction || node.consarray)
    return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return constant(node.value);
    case 'variable':
      return variable(node);
    case 'path':
      return path(node.steps!);
    case 'binary':
      return binary(node);
    case 'unary':
      return node.value === '{' ? object(node) : node.value === '[' ? array(node) : undefined;
    case 'condition':
      return condition(node);
    case 'function':
      return call(node);
    case 'block':
      return node.expressions!.length === 1 ? compileFast(node.expressions![0]!) : undefined;
    default:
      return undefined;
  }
}

const constant =
  (value: unknown): Fast =>
  () =>
    value;

function variable({ value: name, predicate }: Node): Fast | undefined {
  // `$states` as a whole is written out by the engine alone.
  if (name === '' || name === '$' || name === 'states') return undefined;
  // What the machine has not set may be a function of the engine's.
  const read: Fast = (lookup) => {
    const value = lookup(name);
    return value === undefined ? SLOW : value;
  };
  return predicate === undefined ? read : picked(read, predicate);
}

/** One item of what `list` gives, by `[0]` or `[$index]`. */
function picked(list: Fast, filters: readonly { readonly expr: Node }[]): Fast | undefined {
  const { expr } = filters[0]!;
  const place = filters.length === 1 ? compileFast(expr) : undefined;
  if (place === undefined) return undefined;
  const isNumber = expr.type === 'number';
  return (lookup, clock) => {
    const items = list(lookup, clock);
    const at = place(lookup, clock);
    if (items === SLOW || typeof at !== 'number') return SLOW;
    if (items === undefined) return isNumber ? undefined : SLOW;
    const all: readonly unknown[] = Array.isArray(items) ? items : [items];
    const whole = Math.floor(at);
    const item = all[whole < 0 ? all.length + whole : whole];
    return Array.isArray(item) ? SLOW : item;
  };
}

function path([first, ...steps]: readonly Node[]): Fast | undefined {
  let value = first!.type === 'variable' ? rootOf(first!) : undefined;
  for (const step of steps) {
    if (value === undefined) return undefined;
    const { type, value: name, position: _, stages, ...unusual } = step as Node & { position?: number };
    // `constructor` and its kind live on every object; leave them to the engine.
    if (type !== 'name' || name in {} || Object.keys(unusual).length > 0) return undefined;
    value = stages === undefined ? member(value, name) : picked(member(value, name), stages);
  }
  return value;
}

const rootOf = (node: Node): Fast | undefined =>
  node.value === 'states' && node.predicate === undefined ? (lookup) => lookup('states') : compileFast(node);

const member =
  (of: Fast, name: string): Fast =>
  (lookup, clock) => {
    const value = of(lookup, clock);
    if (value === SLOW || Array.isArray(value)) return SLOW;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  };

function binary(node: Node): Fast | undefined {
  const left = compileFast(node.lhs as Node);
  const right = compileFast(node.rhs!);
  if (left === undefined || right === undefined) return undefined;
  if (node.value === 'and' || node.value === 'or') return logical(node.value, left, right);
  const apply = OPERATORS[node.value as string];
  if (apply === undefined) return undefined;
  return (lookup, clock) => {
    const leftValue = left(lookup, clock);
    const rightValue = right(lookup, clock);
    return leftValue === SLOW || rightValue === SLOW ? SLOW : apply(leftValue, rightValue);
  };
}

function logical(operator: 'and' | 'or', left: Fast, right: Fast): Fast {
  return (lookup, clock) => {
    const leftValue = left(lookup, clock) ?? false;
    if (typeof leftValue !== 'boolean') return SLOW;
    if (leftValue === (operator === 'or')) return leftValue;
    const rightValue = right(lookup, clock);
    if (rightValue === undefined) return false;
    return typeof rightValue === 'boolean' ? rightValue : SLOW;
  };
}

function object(node: Node): Fast | undefined {
  const members: [string, Fast][] = [];
  for (const [key, value] of node.lhs as readonly (readonly [Node, Node])[]) {
    const fast = compileFast(value);
    if (key.type !== 'string' || key.value in {} || fast === undefined) return undefined;
    // A key given twice is an error, and the engine words it.
    if (members.some(([name]) => name === key.value)) return undefined;
    members.push([key.value, fast]);
  }
  return (lookup, clock) => {
    const result: Record<string, unknown> = {};
    for (const [name, fast] of members) {
      const value = fast(lookup, clock);
      if (value === SLOW) return SLOW;
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

function array(node: Node): Fast | undefined {
  const items: { readonly fast: Fast; readonly isArray: boolean }[] = [];
  for (const item of node.expressions!) {
    const fast = compileFast(item);
    if (fast === undefined) return undefined;
    items.push({ fast, isArray: item.value === '[' });
  }
  return (lookup, clock) => {
    const result: unknown[] = [];
    for (const { fast, isArray } of items) {
      const value = fast(lookup, clock);
      if (value === SLOW) return SLOW;
      if (value === undefined) continue;
      // Only an array that is written out stands as one in the other; one that is read gives its items.
      if (Array.isArray(value) && !isArray) for (const one of value) result.push(one);
      else result.push(value);
    }
    return result;
  };
}

function condition(node: Node): Fast | undefined {
  const test = compileFast(node.condition!);
  const yes = compileFast(node.then!);
  const no = node.else === undefined ? nothing : compileFast(node.else);
  if (test === undefined || yes === undefined || no === undefined) return undefined;
  return (lookup, clock) => {
    const answer = test(lookup, clock) ?? false;
    if (typeof answer !== 'boolean') return SLOW;
    return answer ? yes(lookup, clock) : no(lookup, clock);
  };
}

function call(node: Node): Fast | undefined {
  if (node.procedure?.type !== 'variable') return undefined;
  const name: string = node.procedure.value;
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  const given = node.arguments!.map(compileFast);
  if (builtin?.takes !== given.length || given.includes(undefined)) return undefined;
  const { answer } = builtin;
  const [first = nothing, second = nothing, third = nothing] = given;
  return (lookup, clock) => {
    // A machine may have a variable of that name, which hides the function.
    if (lookup(name) !== undefined) return SLOW;
    const firstValue = first(lookup, clock);
    const secondValue = second(lookup, clock);
    const thirdValue = third(lookup, clock);
    if (firstValue === SLOW || secondValue === SLOW || thirdValue === SLOW) return SLOW;
    return answer(clock, firstValue, secondValue, thirdValue);
  };
}

const nothing: Fast = () => undefined;
