import { beforeEach, describe, expect, test } from '@jest/globals';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount, openQueue } from '../support/open-account.ts';
import { allow, arnOf, giveRole } from '../support/roles.ts';

let world: World;
let events: Account['call'];
beforeEach(async () => {
  const account = await openAccount();
  world = account.world;
  events = account.call;
});

const entry = (EventBusName?: string) => ({
  Source: 'signalbox',
  DetailType: 'Release Ended',
  Detail: '{"outcome":"LIVE"}',
  ...(EventBusName !== undefined && { EventBusName }),
});

/** A rule on a bus with a queue behind it. */
const hear = async (EventBusName: string | undefined, name: string): Promise<void> => {
  const Arn = openQueue(world, name);
  await events('PutRule', { Name: name, EventBusName, EventPattern: '{"source":["signalbox"]}' });
  await events('PutTargets', { Rule: name, EventBusName, Targets: [{ Id: 'queue', Arn }] });
};

const heard = async (name: string): Promise<number> => {
  await world.clock.advance(1_000);
  return world.sqs.messages(name).length;
};

describe('a bus of one’s own', () => {
  test('is made, described, listed and deleted beside the default one', async () => {
    const { EventBusArn } = await events('CreateEventBus', { Name: 'own', Description: 'Ours.' });

    expect(EventBusArn).toBe(arnOf('events', 'event-bus/own'));
    expect(await events('DescribeEventBus', { Name: EventBusArn })).toMatchObject({
      Name: 'own',
      Description: 'Ours.',
    });
    const { EventBuses } = await events('ListEventBuses', {});
    expect(EventBuses.map(({ Name }: { Name: string }) => Name)).toEqual(['default', 'own']);
    await events('DeleteEventBus', { Name: 'own' });
    await expect(events('DescribeEventBus', { Name: 'own' })).rejects.toThrow(
      'Event bus own does not exist.',
    );
  });

  test('hears what is put on it and nothing else', async () => {
    await events('CreateEventBus', { Name: 'own' });
    await hear('own', 'on-own');
    await hear(undefined, 'on-default');

    await events('PutEvents', { Entries: [entry('own')] });

    expect(await heard('on-own')).toBe(1);
    expect(await heard('on-default')).toBe(0);
    await events('PutEvents', { Entries: [entry(arnOf('events', 'event-bus/own')), entry()] });
    expect(await heard('on-own')).toBe(2);
    expect(await heard('on-default')).toBe(1);
  });

  test('names its rules after itself', async () => {
    await events('CreateEventBus', { Name: 'own' });
    await hear('own', 'on-own');

    expect(await events('DescribeRule', { Name: 'on-own', EventBusName: 'own' })).toMatchObject({
      Arn: arnOf('events', 'rule/own/on-own'),
      EventBusName: 'own',
    });
    await expect(events('DescribeRule', { Name: 'on-own' })).rejects.toThrow(
      'Rule on-own does not exist on EventBus default.',
    );
    await expect(events('DeleteEventBus', { Name: 'own' })).rejects.toThrow(
      "Event bus can't be deleted since it has rules.",
    );
  });

  test('has no schedules', async () => {
    await events('CreateEventBus', { Name: 'own' });

    const rule = { Name: 'a', EventBusName: 'own', ScheduleExpression: 'rate(1 hour)' };
    await expect(events('PutRule', rule)).rejects.toThrow(
      'ScheduleExpression is supported only on the default event bus.',
    );
  });

  test('takes a name once', async () => {
    await events('CreateEventBus', { Name: 'own' });

    await expect(events('CreateEventBus', { Name: 'own' })).rejects.toMatchObject({
      code: 'ResourceAlreadyExistsException',
    });
    await expect(events('DeleteEventBus', { Name: 'default' })).rejects.toThrow('default');
  });

  test('lets in whom its policy names', async () => {
    await events('CreateEventBus', { Name: 'own' });

    const permission = { StatementId: 'a', Action: 'events:PutEvents', Principal: '210987654321' };
    await events('PutPermission', { EventBusName: 'own', ...permission });

    const { Policy } = await events('DescribeEventBus', { Name: 'own' });
    expect(JSON.parse(Policy).Statement).toEqual([
      {
        Sid: 'a',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::210987654321:root' },
        Action: 'events:PutEvents',
        Resource: arnOf('events', 'event-bus/own'),
      },
    ]);
    await events('RemovePermission', { EventBusName: 'own', StatementId: 'a' });
    expect(await events('DescribeEventBus', { Name: 'own' })).not.toHaveProperty('Policy');
  });

  test('is one resource to a role, the default bus another', async () => {
    await events('CreateEventBus', { Name: 'own' });
    const arn = giveRole(world, 'teller', allow('events:PutEvents', arnOf('events', 'event-bus/own')));
    const caller = { arn, via: 'state' } as const;

    expect(await events('PutEvents', { Entries: [entry('own')] }, caller)).toMatchObject({
      FailedEntryCount: 0,
    });
    await expect(events('PutEvents', { Entries: [entry()] }, caller)).rejects.toThrow('not authorized');
  });
});

test('what is put on a bus that is not there vanishes without a word', async () => {
  await hear(undefined, 'on-default');

  const answer = await events('PutEvents', { Entries: [entry('nowhere')] });

  expect(answer).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
  expect(await heard('on-default')).toBe(0);
});
