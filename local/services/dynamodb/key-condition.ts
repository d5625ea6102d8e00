import { validationError } from '../../aws-error.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { invalid } from './errors.ts';
import type { Condition, Operand } from './expressions/condition.ts';
import type { KeySchema } from './keys.ts';

/** What a KeyConditionExpression says: one partition, and which part of it. */
export interface KeyRange {
  readonly hash: AttributeValue;
  /** What the range key must meet; undefined if any will do. */
  readonly range?: Condition;
}

interface One {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly AttributeValue[];
  readonly condition: Condition;
}

/** @throws AwsError ValidationException */
export const keyRangeOf = (condition: Condition, schema: KeySchema): KeyRange => {
  const byName = new Map<string, One>();
  for (const one of conjunction(condition).map(oneOf)) {
    if (byName.has(one.name)) {
      throw validationError('KeyConditionExpressions must only contain one condition per key');
    }
    byName.set(one.name, one);
  }
  if (byName.size > 2) throw validationError('Conditions can be of length 1 or 2 only');
  if (schema.length === 1 && byName.size > 1) throw validationError('Query key condition not supported');
  for (const { name, type, isHash } of schema) {
    const one = byName.get(name);
    if (one === undefined) {
      if (isHash || byName.size > 1) {
        throw validationError(`Query condition missed key schema element: ${name}`);
      }
      continue;
    }
    if (one.values.some((value) => !(type in value))) {
      throw invalid('Condition parameter type does not match schema type');
    }
    if (isHash && one.operator !== '=') throw validationError('Query key condition not supported');
  }
  const [hash, range] = schema;
  const rangeCondition = range && byName.get(range.name)?.condition;
  return { hash: byName.get(hash!.name)!.values[0]!, ...(rangeCondition && { range: rangeCondition }) };
};

/** The item that a partition's key makes, to find the partition by. */
export const partitionKey = (schema: KeySchema, hash: AttributeValue): Item => ({ [schema[0]!.name]: hash });

const conjunction = (condition: Condition): Condition[] =>
  condition.kind === 'and' ? condition.parts.flatMap(conjunction) : [condition];

const oneOf = (condition: Condition): One => {
  const operator = operatorOf(condition);
  if (['OR', 'NOT', 'IN', '<>'].includes(operator)) {
    throw validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
  }
  const { operands } = condition as { operands: readonly Operand[] };
  if (condition.kind === 'function' && condition.name !== 'begins_with') {
    throw validationError(`Invalid operator used in KeyConditionExpression: ${condition.name}`);
  }
  if (operands.some(({ kind }) => kind === 'function')) {
    throw validationError('KeyConditionExpressions cannot contain nested operations');
  }
  const paths = operands.flatMap((operand) => (operand.kind === 'path' ? [operand.path] : []));
  const values = operands.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : []));
  const isTurned = operands[0]!.kind !== 'path';
  if (isTurned && condition.kind !== 'compare') {
    throw validationError(
      `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
    );
  }
  if (paths.length === 0) {
    throw validationError('Invalid condition in KeyConditionExpression: No key attribute specified');
  }
  if (paths.length > 1) {
    throw validationError(
      'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
    );
  }
  const [path] = paths;
  if (path!.length > 1) {
    throw validationError('KeyConditionExpressions cannot have conditions on nested attributes');
  }
  return { name: String(path![0]), operator, values, condition };
};

const operatorOf = (condition: Condition): string => {
  if (condition.kind === 'compare') return condition.operator;
  return condition.kind === 'function' ? condition.name : condition.kind.toUpperCase();
};
