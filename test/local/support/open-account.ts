import { afterEach } from '@jest/globals';
import { standInOf } from '../../../local/door.ts';
import type { PolicyDocument } from '../../../local/iam/policy.ts';
import { serviceNames } from '../../../local/models/model.ts';
import { openEmptyWorld, type WorldOptions } from '../../../local/open-world.ts';
import type { Caller } from '../../../local/service.ts';
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
  /** Calls an operation through the door, by a person unless somebody else is named. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests.
  readonly call: (operation: string, input: unknown, caller?: Caller) => Promise<any>;
}

export type AccountOptions = Omit<WorldOptions, 'packageDirectory'>;

const open: World[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

/** A whole account in which nothing is deployed; it is closed after the test. */
export async function openAccount({ scenario = {}, ...options }: AccountOptions = {}): Promise<Account> {
  const events: Emitted[] = [];
  const heard: NonNullable<typeof scenario.event> = (event) => {
    const { source, detail, 'detail-type': detailType } = event;
    events.push({ source, detailType, resources: (event as unknown as Emitted).resources, detail });
    return scenario.event?.(event) ?? 'deliver';
  };
  const world = await openEmptyWorld({ seed: 7, ...options, scenario: { ...scenario, event: heard } });
  open.push(world);
  return {
    world,
    events,
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
