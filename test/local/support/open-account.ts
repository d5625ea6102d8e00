import { afterEach } from '@jest/globals';
import { type Call, standInOf } from '../../../local/door.ts';
import type { PolicyDocument } from '../../../local/iam/policy.ts';
import { serviceNames } from '../../../local/models/model.ts';
import { openEmptyWorld, type WorldOptions } from '../../../local/open-world.ts';
import type { Caller, Operation, ServiceName } from '../../../local/service.ts';
import type { World } from '../../../local/world.ts';

export const START_MS = Date.parse('2026-03-02T09:00:00Z');
export const ACCOUNT = '123456789012';

/** An event as its service said it. */
export interface Emitted {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: events are read freely in tests.
  readonly detail: any;
}

export interface Account {
  readonly world: World;
  /** Everything that was sent towards EventBridge. */
  readonly events: Emitted[];
  /** Every call that passed the door's checks, with or without a fault behind them. */
  readonly calls: Call[];
  /** Calls an operation through the door, by a person unless somebody else is named. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests.
  readonly call: (operation: string, input: unknown, caller?: Caller) => Promise<any>;
}

export interface AccountOptions extends Omit<WorldOptions, 'packageDirectory'> {
  /** With these, nothing is behind the door but them. */
  readonly services?: Partial<Record<ServiceName, Readonly<Record<string, Operation>>>>;
}

const open: World[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

/** A whole account in which nothing is deployed; it is closed after the test. */
export async function openAccount({
  scenario = {},
  services,
  ...options
}: AccountOptions = {}): Promise<Account> {
  const events: Emitted[] = [];
  const calls: Call[] = [];
  const heard: NonNullable<typeof scenario.event> = (event) => {
    const { source, detail, 'detail-type': detailType } = event;
    events.push({ source, detailType, resources: (event as unknown as Emitted).resources, detail });
    return scenario.event?.(event) ?? 'deliver';
  };
  const passed: NonNullable<typeof scenario.fault> = (call) => {
    calls.push(call);
    return scenario.fault?.(call);
  };
  const world = await openEmptyWorld({
    seed: 7,
    ...options,
    scenario: { ...scenario, event: heard, fault: passed },
  });
  open.push(world);
  if (services !== undefined) {
    for (const name of serviceNames)
      Object.assign(standInOf(world, name), { operations: services[name] ?? {} });
  }
  return {
    world,
    events,
    calls,
    call: (operation, input, caller = world.person) => {
      const service = serviceNames.find((name) => operation in standInOf(world, name).operations);
      if (service === undefined) throw new Error(`No stand-in has ${operation}.`);
      return world.door.call({ service, operation, input, caller });
    },
  };
}

/** A resource's policy that lets a service in, if it acts for this ARN. */
export const letsIn = (
  service: string,
  Action: string,
  Resource: string,
  sourceArn = '*',
): PolicyDocument => ({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: `${service}.amazonaws.com` },
      Action,
      Resource,
      Condition: { ArnLike: { 'aws:SourceArn': sourceArn } },
    },
  ],
});

/** Opens a queue to EventBridge, which may only send where the queue's own policy lets it. */
export const openQueue = ({ sqs, iam }: World, name: string): string => {
  const { arn } = sqs.createQueue(name);
  iam.setResourcePolicy(arn, letsIn('events', 'sqs:SendMessage', arn));
  return arn;
};

/** A queue of this name behind a rule: it gets every event that matches. */
export const listen = (world: World, name: string, eventPattern: object): void => {
  const targets = [{ Id: 'queue', Arn: openQueue(world, name) }];
  world.events.putRule({ name, eventPattern, targets });
};
