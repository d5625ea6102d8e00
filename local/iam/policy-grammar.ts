import type { PolicyDocument, StatementDocument } from './policy.ts';

/** What a policy hangs on: a role as its own policy or as its trust, or a queue, topic, bucket, key, function. */
export type PolicyKind = 'identity' | 'trust' | 'resource';

const versions: ReadonlySet<string | undefined> = new Set([undefined, '2008-10-17', '2012-10-17']);
const principals: ReadonlySet<string> = new Set(['AWS', 'CanonicalUser', 'Federated', 'Service']);

const elements: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** @throws Error for a version that is none, or an id that two statements bear */
export const requirePolicy = (
  { Version }: PolicyDocument,
  statements: readonly StatementDocument[],
): void => {
  if (!versions.has(Version)) throw new Error(`Syntax errors in policy. (Version ${Version})`);
  const ids = statements.flatMap(({ Sid }) => Sid ?? []);
  if (new Set(ids).size < ids.length) {
    throw new Error('Statement IDs (SID) in a single policy must be unique.');
  }
};

/**
 * Refuses what is no statement at all, in the words of IAM's `MalformedPolicyDocument`;
 * the other services have words of their own for the same.
 *
 * @throws Error
 */
export const requireStatement = (statement: StatementDocument, kind: PolicyKind): void => {
  const unknown = Object.keys(statement).find((name) => !elements.has(name));
  if (unknown !== undefined) throw new Error(`Syntax errors in policy. (${unknown})`);
  if (statement.Effect === undefined) throw new Error('Missing required field Effect');
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new Error(`Syntax errors in policy. (Effect ${JSON.stringify(statement.Effect)})`);
  }
  requirePrincipal(statement, kind);
  if (statement.Action === undefined && statement.NotAction === undefined) {
    throw new Error('Policy statement must contain actions.');
  }
  for (const action of [statement.Action ?? [], statement.NotAction ?? []].flat()) {
    if (action === '*' || String(action).includes(':')) continue;
    throw new Error(`Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. (${action})`);
  }
  requireResource(statement, kind);
};

const requirePrincipal = ({ Principal, ...rest }: StatementDocument, kind: PolicyKind): void => {
  const names = Principal !== undefined || 'NotPrincipal' in rest;
  if (kind === 'identity' && names) throw new Error('Policy document should not specify a principal.');
  if (kind !== 'identity' && !names) throw new Error('Missing required field Principal');
  const unknown = typeof Principal === 'object' && Object.keys(Principal).find((who) => !principals.has(who));
  if (unknown) throw new Error(`Invalid principal in policy. (${unknown})`);
};

const requireResource = ({ Resource, NotResource }: StatementDocument, kind: PolicyKind): void => {
  const names = Resource !== undefined || NotResource !== undefined;
  // A trust policy concerns the role on which it hangs.
  if (kind === 'trust' && names) throw new Error('Has prohibited field Resource');
  if (kind === 'trust') return;
  if (!names) throw new Error('Policy statement must contain resources.');
  if (kind === 'resource') return;
  for (const resource of [Resource ?? [], NotResource ?? []].flat()) {
    if (resource === '*' || String(resource).startsWith('arn:')) continue;
    throw new Error(`Resource ${resource} must be in ARN format or "*".`);
  }
};
