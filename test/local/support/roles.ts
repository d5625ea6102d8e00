import type { StatementDocument } from '../../../local/iam/policy.ts';
import type { World } from '../../../local/world.ts';
import { ACCOUNT } from './open-account.ts';

export const arnOf = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`;

export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** Adds a role for machines whose only policy has these statements. */
export const giveRole = (world: World, name: string, ...statements: StatementDocument[]): string =>
  giveRoleTo({ Service: 'states.amazonaws.com' }, world, name, ...statements);

/** The same for somebody else to take on. */
export const giveRoleTo = (
  Principal: Readonly<Record<string, string>>,
  world: World,
  name: string,
  ...statements: StatementDocument[]
): string => {
  world.iam.addRole({
    arn: roleArn(name),
    trust: { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } },
    policies: [{ name: 'own', document: { Statement: statements } }],
    managedPolicyArns: [],
  });
  return roleArn(name);
};

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: StatementDocument['Condition'],
): StatementDocument => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
