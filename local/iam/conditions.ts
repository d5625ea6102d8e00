import { type TextTest, wildcard } from './wildcard.ts';

/** What a request tells to conditions, by condition key in lower case. An absent key is not there. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

export interface Condition {
  /** The key it asks, in lower case. */
  readonly key: string;
  readonly holds: (context: RequestContext) => boolean;
}

/** A policy's `Condition`: operator → key → value or values. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What every request in this world tells: one account, one region, and no wire that could be read. */
export const commonContext = (accountId: string, region: string): RequestContext => ({
  'aws:principalaccount': accountId,
  'aws:requestedregion': region,
  'aws:resourceaccount': accountId,
  'aws:securetransport': 'true',
  's3:tlsversion': '1.3',
});

/**
 * Condition keys that this world can tell. A policy that asks another one is
 * refused when it is read: to guess its value could allow what AWS refuses.
 */
const knownKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'cloudwatch:namespace',
  'dynamodb:leadingkeys',
  'events:detail-type',
  'events:source',
  'iam:passedtoservice',
  'kms:viaservice',
  's3:prefix',
  's3:tlsversion',
  'token.actions.githubusercontent.com:aud',
  'token.actions.githubusercontent.com:sub',
]);

/**
 * Reads a `Condition` block. All operators and keys must hold, one of each key's values is enough.
 *
 * @throws Error naming an operator or key that is not modelled
 */
export const readConditions = (block: ConditionBlock): Condition[] =>
  Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => readCondition(operator, key, textsOf(values))),
  );

const readCondition = (operator: string, key: string, values: readonly string[]): Condition => {
  const [, quantifier, name, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  // IAM reads operators letter by letter.
  if (name === undefined || !(Object.hasOwn(comparisons, name) || otherOperators.has(name))) {
    throw new Error(`Invalid Condition type : ${operator}`);
  }
  const lowerKey = key.toLowerCase();
  if (!knownKeys.has(lowerKey)) {
    throw new Error(`condition key ${key} is not modelled (docs/fidelity.md)`);
  }
  if (name === 'Null') {
    const absent = values.includes('true');
    return { key: lowerKey, holds: (context) => (context[lowerKey] === undefined) === absent };
  }
  const comparison = comparisons[name];
  if (comparison === undefined)
    throw new Error(`condition operator ${operator} is not modelled (docs/fidelity.md)`);
  const tests = values.map(comparison.test);
  const fits: TextTest = comparison.negated
    ? (text) => !tests.some((test) => test(text))
    : (text) => tests.some((test) => test(text));
  const holds = (context: RequestContext): boolean => {
    const found = context[lowerKey];
    // An absent key fails a condition, unless that condition says "is not" or "if it exists"; none of no values is one.
    if (found === undefined) {
      if (ifExists !== undefined || quantifier === 'ForAllValues') return true;
      return comparison.negated && quantifier === undefined;
    }
    const texts = typeof found === 'string' ? [found] : found;
    return quantifier === 'ForAllValues' ? texts.every(fits) : texts.some(fits);
  };
  return { key: lowerKey, holds };
};

interface Comparison {
  readonly negated: boolean;
  readonly test: (value: string) => TextTest;
}

const exactly =
  (value: string): TextTest =>
  (text) =>
    text === value;
const exactlyInAnyCase = (value: string): TextTest =>
  wildcard(value.replace(/[*?]/g, ''), { ignoreCase: true });
const asNumber =
  (holds: (left: number, right: number) => boolean) =>
  (value: string): TextTest =>
  (text) =>
    holds(Number(text), Number(value));

const is = (test: Comparison['test']): Comparison => ({ negated: false, test });
const isNot = (test: Comparison['test']): Comparison => ({ negated: true, test });

/** ARN operators know wildcards in both forms, so `ArnEquals` and `ArnLike` are one. */
const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: is(exactly),
  StringNotEquals: isNot(exactly),
  StringEqualsIgnoreCase: is(exactlyInAnyCase),
  StringNotEqualsIgnoreCase: isNot(exactlyInAnyCase),
  StringLike: is((value) => wildcard(value)),
  StringNotLike: isNot((value) => wildcard(value)),
  ArnEquals: is((value) => wildcard(value)),
  ArnLike: is((value) => wildcard(value)),
  ArnNotEquals: isNot((value) => wildcard(value)),
  ArnNotLike: isNot((value) => wildcard(value)),
  Bool: is(exactlyInAnyCase),
  NumericEquals: is(asNumber((left, right) => left === right)),
  NumericNotEquals: isNot(asNumber((left, right) => left === right)),
  NumericLessThan: is(asNumber((left, right) => left < right)),
  NumericLessThanEquals: is(asNumber((left, right) => left <= right)),
  NumericGreaterThan: is(asNumber((left, right) => left > right)),
  NumericGreaterThanEquals: is(asNumber((left, right) => left >= right)),
};

/** Operators of IAM's (user guide, "Condition operators") that are compared elsewhere or not here. */
const otherOperators: ReadonlySet<string> = new Set([
  'Null',
  'BinaryEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'IpAddress',
  'NotIpAddress',
]);

const textsOf = (values: unknown): string[] => (Array.isArray(values) ? values : [values]).map(String);
