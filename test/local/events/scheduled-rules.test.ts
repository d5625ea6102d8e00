import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Scenario } from '../../../local/scenario.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount, openQueue } from '../support/open-account.ts';

let world: World;
let events: Account['call'];
const open = async (scenario: Scenario = {}): Promise<void> => {
  const account = await openAccount({ scenario });
  world = account.world;
  events = account.call;
  openQueue(world, 'events');
};
beforeEach(() => open());

const put = async (ScheduleExpression: string): Promise<void> => {
  await events('PutRule', { Name: 'sweep', ScheduleExpression });
  const Arn = 'arn:aws:sqs:eu-west-1:123456789012:events';
  await events('PutTargets', { Rule: 'sweep', Targets: [{ Id: 'queue', Arn }] });
};

const received = (): { time: string }[] => world.sqs.messages('events').map(({ body }) => JSON.parse(body));

const anHour = 3_600_000;

describe('a rule with a schedule', () => {
  test('speaks each time its period is over', async () => {
    await put('rate(1 hour)');

    await world.clock.advance(3 * anHour + 1_000);

    expect(received().map(({ time }) => time)).toEqual([
      '2026-03-02T10:00:00Z',
      '2026-03-02T11:00:00Z',
      '2026-03-02T12:00:00Z',
    ]);
    expect(received()[0]).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: '2026-03-02T10:00:00Z',
      region: 'eu-west-1',
      resources: ['arn:aws:events:eu-west-1:123456789012:rule/sweep'],
      detail: {},
    });
  });

  test('speaks by a cron expression in UTC', async () => {
    await put('cron(30 9 ? * MON-WED *)');

    await world.clock.advance(3 * 24 * anHour);

    expect(received().map(({ time }) => time)).toEqual(
      ['02', '03', '04'].map((day) => `2026-03-${day}T09:30:00Z`),
    );
  });

  test('is silent while it is disabled and after it was deleted', async () => {
    await put('rate(1 hour)');
    await events('DisableRule', { Name: 'sweep' });
    await world.clock.advance(5 * anHour);
    expect(received()).toEqual([]);

    await events('EnableRule', { Name: 'sweep' });
    await world.clock.advance(anHour + 1_000);
    expect(received()).toHaveLength(1);
    await events('RemoveTargets', { Rule: 'sweep', Ids: ['queue'] });
    await events('DeleteRule', { Name: 'sweep' });
    await world.clock.advance(5 * anHour);
    expect(received()).toHaveLength(1);
  });

  test('does not keep the clock going when nothing else is left to happen', async () => {
    await put('rate(1 minute)');

    await expect(world.clock.runUntil(() => false)).rejects.toThrow('Nothing is left to happen');
  });

  test('is lost and doubled like any other event', async () => {
    await open({
      events: [
        { kind: 'drop', event: 1 },
        { kind: 'double', event: 2 },
      ],
    });
    await put('rate(1 hour)');

    await world.clock.advance(2 * anHour + 1_000);

    expect(received().map(({ time }) => time)).toEqual(['2026-03-02T11:00:00Z', '2026-03-02T11:00:00Z']);
  });

  test('shows its expression', async () => {
    await put('rate(2 days)');

    const described = await events('DescribeRule', { Name: 'sweep' });
    expect(described).toMatchObject({ ScheduleExpression: 'rate(2 days)' });
    expect(described).not.toHaveProperty('EventPattern');
  });
});
