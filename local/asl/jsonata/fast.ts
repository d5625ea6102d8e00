import type { Node } from './ast.ts';
import { FUNCTIONS, OPERATORS, SLOW } from './operators.ts';

/** What a name means: `states`, a variable of the machine, or nothing. */
export type Lookup = (variable: string) => unknown;

/** An expression in plain synchronous steps, or `SLOW` for this input. */
export type Fast = (lookup: Lookup) => unknown;

/**
 * Most expressions in a machine read a path, compare, join texts or build an
 * object. The full engine awaits at every node (some 30 µs for a short path);
 * these closures do the same without awaiting. They take only the cases whose
 * meaning is beyond doubt and leave every other, errors included, to the engine.
 *
 * @returns undefined if the expression as a whole needs the engine
 */
export function compileFast(node: Node): Fast | undefined {
  if (node.predicate || node.stages || node.group || node.keepArray || node.keepSingletonArray)
    return undefined;
  if (node.focus || node.index || node.ancestor || node.tuple || node.nextFunction || node.consarray)
    return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return constant(node.value);
    case 'variable':
      return variable(node.value);
    case 'path':
      return path(node.steps!);
    case 'binary':
      return binary(node);
    case 'unary':
      return node.value === '{' ? object(node) : undefined;
    case 'condition':
      return condition(node);
    case 'function':
      return call(node);
    default:
      return undefined;
  }
}

const constant =
  (value: unknown): Fast =>
  () =>
    value;

function variable(name: string): Fast | undefined {
  return name === '' || name === '$' ? undefined : (lookup) => lookup(name);
}

function path(steps: readonly Node[]): Fast | undefined {
  const [first, ...rest] = steps;
  if (first!.type !== 'variable' || compileFast(first!) === undefined) return undefined;
  const names: string[] = [];
  for (const step of rest) {
    // `constructor` and its kind live on every object; leave them to the engine.
    if (step.type !== 'name' || step.value in {} || Object.keys(step).length > 3) return undefined;
    names.push(step.value);
  }
  const root: string = first!.value;
  return (lookup) => {
    let value = lookup(root);
    for (const name of names) {
      if (typeof value !== 'object' || value === null) return undefined;
      if (Array.isArray(value)) return SLOW;
      value = (value as Record<string, unknown>)[name];
    }
    return value;
  };
}

function binary(node: Node): Fast | undefined {
  const left = compileFast(node.lhs as Node);
  const right = compileFast(node.rhs!);
  if (left === undefined || right === undefined) return undefined;
  if (node.value === 'and' || node.value === 'or') return logical(node.value, left, right);
  const apply = OPERATORS[node.value as string];
  if (apply === undefined) return undefined;
  return (lookup) => {
    const leftValue = left(lookup);
    const rightValue = right(lookup);
    return leftValue === SLOW || rightValue === SLOW ? SLOW : apply(leftValue, rightValue);
  };
}

function logical(operator: 'and' | 'or', left: Fast, right: Fast): Fast {
  return (lookup) => {
    const leftValue = left(lookup) ?? false;
    if (typeof leftValue !== 'boolean') return SLOW;
    if (leftValue === (operator === 'or')) return leftValue;
    const rightValue = right(lookup);
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
  return (lookup) => {
    const result: Record<string, unknown> = {};
    for (const [name, fast] of members) {
      const value = fast(lookup);
      if (value === SLOW) return SLOW;
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

function condition(node: Node): Fast | undefined {
  const test = compileFast(node.condition!);
  const yes = compileFast(node.then!);
  const no = node.else === undefined ? () => undefined : compileFast(node.else);
  if (test === undefined || yes === undefined || no === undefined) return undefined;
  return (lookup) => {
    const answer = test(lookup) ?? false;
    if (typeof answer !== 'boolean') return SLOW;
    return answer ? yes(lookup) : no(lookup);
  };
}

function call(node: Node): Fast | undefined {
  const [argument, ...more] = node.arguments!;
  if (argument === undefined || more.length > 0 || node.procedure?.type !== 'variable') return undefined;
  const name: string = node.procedure.value;
  const answer = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const fast = compileFast(argument);
  if (answer === undefined || fast === undefined) return undefined;
  return (lookup) => {
    // A machine may have a variable of that name, which hides the function.
    if (lookup(name) !== undefined) return SLOW;
    const value = fast(lookup);
    return value === SLOW ? SLOW : answer(value);
  };
}
