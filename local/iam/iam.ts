import { remembered } from '../remembered.ts';
import { isService } from './caller-context.ts';
import type { RequestContext } from './conditions.ts';
import { managedPolicies } from './managed-policies.ts';
import { holds, type PolicyDocument, type Principal, readPolicy, type Statement } from './policy.ts';

export interface RoleDocument {
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  readonly managedPolicyArns: readonly string[];
}

export type Verdict =
  | 'allowed'
  | 'no-identity-based-policy'
  | 'no-resource-based-policy'
  | 'denied-by-identity-based-policy'
  | 'denied-by-resource-based-policy';

/** A verdict, and what the request told to the conditions that had a say in it. */
interface Known {
  readonly verdict: Verdict;
  readonly keys: readonly string[];
  /** Undefined where no condition was asked. */
  readonly context: RequestContext | undefined;
}

interface Role {
  readonly trust: readonly Statement[];
  readonly statements: Statement[];
  /** The statements about an action, found once. */
  readonly byAction: Map<string, readonly Statement[]>;
}

/** Roles, their policies and the policies that hang on resources: who may do what in this world. */
export class Iam {
  readonly #accountId: string;
  readonly #roles = new Map<string, Role>();
  readonly #resourcePolicies = new Map<string, Statement[]>();
  readonly #keys = new Map<string, string>();
  readonly #verdicts = new Map<string, Map<string, Map<string, Known>>>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  /** @throws Error naming what in a policy is not modelled, or a managed policy that isn't known */
  addRole({ arn, trust, policies, managedPolicyArns }: RoleDocument): void {
    const statements = policies.flatMap(({ name, document }) =>
      readPolicy(document, `${arn}, policy ${name}`, 'identity'),
    );
    const trusting = readPolicy(trust, `${arn}, trust policy`, 'trust');
    this.#roles.set(arn, {
      trust: trusting,
      statements,
      byAction: new Map(),
    });
    this.#resourcePolicies.set(arn, trusting);
    this.#verdicts.clear();
    for (const policyArn of managedPolicyArns) {
      const document = managedPolicies[policyArn];
      if (document === undefined)
        throw new Error(`${arn}: managed policy ${policyArn} is not modelled (docs/fidelity.md)`);
      this.attachPolicy(arn, policyArn, document);
    }
  }

  attachPolicy(roleArn: string, name: string, document: PolicyDocument): void {
    const role = this.#roles.get(roleArn);
    if (role === undefined)
      throw new Error(`Policy ${name} is attached to ${roleArn}, which is not a role of this world.`);
    role.statements.push(...readPolicy(document, `${roleArn}, policy ${name}`, 'identity'));
    role.byAction.clear();
    this.#verdicts.clear();
  }

  /** Sets the policy of a queue, topic, repository, key or bucket (whose objects it covers too), in place of one it had. */
  setResourcePolicy(resourceArn: string, document: PolicyDocument): void {
    this.#resourcePolicies.set(
      resourceArn,
      readPolicy(document, `${resourceArn}, resource policy`, 'resource'),
    );
    this.#verdicts.clear();
  }

  /** Adds to the policy of a function, which grows by one permission at a time. */
  addResourcePolicy(resourceArn: string, document: PolicyDocument): void {
    const statements = this.#resourcePolicies.get(resourceArn) ?? [];
    statements.push(...readPolicy(document, `${resourceArn}, resource policy`, 'resource'));
    this.#resourcePolicies.set(resourceArn, statements);
    this.#verdicts.clear();
  }

  /** Tells with which of the customer's own keys a queue or topic is encrypted. */
  encrypt(resourceArn: string, keyArn: string): void {
    this.#keys.set(resourceArn, keyArn);
  }

  keyOf(resourceArn: string): string | undefined {
    return this.#keys.get(resourceArn);
  }

  /** An account without any role, as an empty world is at first, judges nobody: there is nothing to judge by. */
  get isUnguarded(): boolean {
    return this.#roles.size === 0;
  }

  hasRole(arn: string): boolean {
    return this.#roles.has(arn);
  }

  roleArns(): string[] {
    return [...this.#roles.keys()];
  }

  /** Whether the role may be taken on by a service such as `states.amazonaws.com`. */
  trusts(roleArn: string, service: string, sourceArn?: string): boolean {
    if (this.isUnguarded) return true;
    const principal: Principal = { kind: 'service', name: service, accountId: this.#accountId };
    // Where it is not known for which resource the service asks, a condition on that is taken to hold.
    const context: RequestContext = {
      'aws:sourceaccount': this.#accountId,
      ...(sourceArn !== undefined && { 'aws:sourcearn': sourceArn }),
    };
    const trusting = (this.#roles.get(roleArn)?.trust ?? []).filter(
      (one) =>
        one.concernsAction('sts:AssumeRole') &&
        one.concernsPrincipal(principal) &&
        one.conditions.every(({ key, holds }) => context[key] === undefined || holds(context)),
    );
    return trusting.length > 0 && trusting.every(({ effect }) => effect === 'Allow');
  }

  /**
   * Whether a role of this world or a service may do `action` to `resource`.
   * Within one account a role needs a yes from its own policies or from the
   * resource's; a service needs it from the resource. One no outweighs every yes.
   */
  decide(caller: string, action: string, resource: string, contextOf: () => RequestContext): Verdict {
    if (this.isUnguarded && !isService(caller)) return 'allowed';
    const known = this.#verdicts.get(caller)?.get(action)?.get(resource);
    if (known !== undefined && (known.context === undefined || tellSame(known, contextOf())))
      return known.verdict;
    const role = this.#roles.get(caller);
    const principal: Principal = {
      kind: role === undefined ? 'service' : 'role',
      name: caller,
      accountId: this.#accountId,
    };
    const own =
      role === undefined ? [] : statementsAbout(role, action).filter((one) => one.concernsResource(resource));
    const others = this.#policyOf(resource).filter(
      (one) =>
        one.concernsAction(action) && one.concernsResource(resource) && one.concernsPrincipal(principal),
    );
    const keys = [...own, ...others].flatMap(({ conditions }) => conditions.map(({ key }) => key));
    const context = keys.length > 0 ? contextOf() : undefined;
    const heard = obeysRoles(action, resource, others, context ?? {})
      ? own
      : own.filter(({ effect }) => effect === 'Deny');
    const verdict = judge(heard, others, principal, context ?? {});
    this.#remember(caller, action, resource, { verdict, keys, context });
    return verdict;
  }

  #policyOf(resource: string): readonly Statement[] {
    const slash = resource.startsWith('arn:aws:s3:::') ? resource.indexOf('/') : -1;
    return this.#resourcePolicies.get(slash === -1 ? resource : resource.slice(0, slash)) ?? [];
  }

  #remember(caller: string, action: string, resource: string, known: Known): void {
    const byAction = remembered(this.#verdicts, caller, () => new Map<string, Map<string, Known>>());
    const byResource = remembered(byAction, action, () => new Map<string, Known>());
    // Names of jobs and executions never end; forgetting costs one look.
    if (byResource.size > 10_000) byResource.clear();
    byResource.set(resource, known);
  }
}

const tellSame = ({ keys, context: before }: Known, now: RequestContext): boolean =>
  before === now || keys.every((key) => before![key] === now[key]);

const statementsAbout = (role: Role, action: string): readonly Statement[] =>
  remembered(role.byAction, action, () => role.statements.filter((one) => one.concernsAction(action)));

/** A key, and a role to be taken on, listen to roles' own policies only if their policy hands the decision to the account. */
const obeysRoles = (
  action: string,
  resource: string,
  others: readonly Statement[],
  context: RequestContext,
): boolean =>
  !(resource.startsWith('arn:aws:kms:') || action === 'sts:AssumeRole') ||
  others.some((one) => one.effect === 'Allow' && holds(one, context));

const judge = (
  own: readonly Statement[],
  others: readonly Statement[],
  principal: Principal,
  context: RequestContext,
): Verdict => {
  const ownEffects = own.filter((one) => holds(one, context)).map(({ effect }) => effect);
  if (ownEffects.includes('Deny')) return 'denied-by-identity-based-policy';
  const otherEffects = others.filter((one) => holds(one, context));
  if (otherEffects.some(({ effect }) => effect === 'Deny')) return 'denied-by-resource-based-policy';
  if (ownEffects.length > 0) return 'allowed';
  // A yes to the whole account hands the decision to the role's own policies; only a yes to the role itself is one.
  if (otherEffects.some((one) => principal.kind === 'service' || namesRole(one, principal))) return 'allowed';
  return principal.kind === 'service' ? 'no-resource-based-policy' : 'no-identity-based-policy';
};

const namesRole = (statement: Statement, principal: Principal): boolean =>
  statement.concernsPrincipal({ ...principal, accountId: 'another account' });
