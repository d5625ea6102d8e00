import { type Condition, type ConditionBlock, type RequestContext, readConditions } from './conditions.ts';
import { type PolicyKind, requirePolicy, requireStatement } from './policy-grammar.ts';
import { anyOf, type TextTest, wildcard } from './wildcard.ts';

/** A policy as a template holds it, its references resolved. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: StatementDocument | readonly StatementDocument[];
}

export interface StatementDocument {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

/** Who asks, as resource policies see it. */
export interface Principal {
  readonly kind: 'role' | 'service';
  /** A role's ARN, or a service such as `events.amazonaws.com`. */
  readonly name: string;
  readonly accountId: string;
}

/** One statement, ready to be asked. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly concernsAction: TextTest;
  readonly concernsResource: TextTest;
  readonly concernsPrincipal: (principal: Principal) => boolean;
  readonly conditions: readonly Condition[];
}

/** @throws Error naming the policy and what in it is not modelled or not a policy at all */
export const readPolicy = (document: PolicyDocument, name: string, kind: PolicyKind): Statement[] => {
  const statements = listOf(document.Statement);
  within(name, () => requirePolicy(document, statements));
  return statements.map((statement, index) =>
    within(`${name}, ${statement?.Sid ?? `statement ${index + 1}`}`, () => {
      requireStatement(statement, kind);
      return readStatement(statement);
    }),
  );
};

const within = <Result>(place: string, read: () => Result): Result => {
  try {
    return read();
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`);
  }
};

export const holds = (statement: Statement, context: RequestContext): boolean =>
  statement.conditions.every((condition) => condition.holds(context));

const readStatement = (statement: StatementDocument): Statement => {
  if ('NotPrincipal' in statement) throw new Error('NotPrincipal is not modelled (docs/fidelity.md)');
  return {
    effect: statement.Effect,
    concernsAction: testOf(statement.Action, statement.NotAction, 'Action', { ignoreCase: true }),
    // A trust policy has no Resource: it concerns the role it hangs on.
    concernsResource:
      statement.Resource === undefined && statement.NotResource === undefined
        ? () => true
        : testOf(statement.Resource, statement.NotResource, 'Resource'),
    concernsPrincipal: principalTest(statement.Principal),
    conditions: readConditions(statement.Condition ?? {}),
  };
};

const testOf = (
  wanted: string | readonly string[] | undefined,
  unwanted: string | readonly string[] | undefined,
  member: string,
  options?: { ignoreCase: boolean },
): TextTest => {
  const patterns = listOf(wanted ?? unwanted);
  if (patterns.length === 0) throw new Error(`${member} is missing`);
  for (const pattern of patterns) {
    if (typeof pattern !== 'string')
      throw new Error(`${member} must be text, not ${JSON.stringify(pattern)}`);
    if (pattern.includes('${'))
      throw new Error(`policy variables (${pattern}) are not modelled (docs/fidelity.md)`);
  }
  const test = anyOf(patterns.map((pattern) => wildcard(pattern, options)));
  return wanted === undefined ? (text) => !test(text) : test;
};

const principalTest = (principal: StatementDocument['Principal']): ((asked: Principal) => boolean) => {
  if (principal === undefined) return () => true;
  if (principal === '*') return () => true;
  const services = new Set(listOf(principal.Service));
  const accounts = new Set(listOf(principal.AWS));
  return ({ kind, name, accountId }) =>
    accounts.has('*') ||
    (kind === 'service'
      ? services.has(name)
      : accounts.has(name) || accounts.has(accountId) || accounts.has(`arn:aws:iam::${accountId}:root`));
};

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
