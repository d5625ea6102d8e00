import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { createDoor } from '../../../local/door.ts';
import { Iam } from '../../../local/iam/iam.ts';
import type { StatementDocument } from '../../../local/iam/policy.ts';
import { Journal } from '../../../local/journal.ts';
import { Random } from '../../../local/random.ts';
import type { Scenario } from '../../../local/scenario.ts';
import type { Operation } from '../../../local/service.ts';
import type { World } from '../../../local/world.ts';

export const accountId = '123456789012';
export const region = 'eu-west-1';

export const arnOf = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

export const roleArn = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`;

type Operations = Readonly<Record<string, Operation>>;

/** A world with a door, roles and nothing behind the door but what a test puts there. */
export const fakeWorld = (
  services: Readonly<Record<string, Operations>> = {},
  scenario: Scenario = {},
): World => {
  const clock = new VirtualClock(Date.parse('2026-03-02T09:00:00Z'));
  const names = [
    'cloudwatch',
    'dynamodb',
    'ecr',
    'events',
    'lambda',
    's3',
    'sagemaker',
    'sagemakerRuntime',
    'sns',
    'sqs',
    'stepfunctions',
  ];
  const world = {
    accountId,
    region,
    clock,
    scenario,
    random: new Random(1),
    journal: new Journal(clock),
    iam: new Iam(accountId),
    person: { arn: `arn:aws:iam::${accountId}:user/you`, via: 'person' },
    ...Object.fromEntries(names.map((name) => [name, { operations: services[name] ?? {} }])),
  } as unknown as World;
  return Object.assign(world, { door: createDoor(world) });
};

/** Adds a role whose only policy has these statements. */
export const giveRole = (world: World, name: string, ...statements: StatementDocument[]): string => {
  world.iam.addRole({
    arn: roleArn(name),
    trust: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
    policies: [{ name: 'own', document: { Statement: statements } }],
    managedPolicyArns: [],
  });
  return roleArn(name);
};

export const allow = (
  Action: string | string[],
  Resource: string | string[],
  Condition?: StatementDocument['Condition'],
): StatementDocument => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
