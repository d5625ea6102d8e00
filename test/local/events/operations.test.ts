import { beforeEach, describe, expect, test } from '@jest/globals';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount, openQueue } from '../support/open-account.ts';

let world: World;
let events: Account['call'];
beforeEach(async () => {
  const account = await openAccount();
  world = account.world;
  events = account.call;
});

const queue = { Id: 'queue', Arn: 'arn:aws:sqs:eu-west-1:123456789012:events' };

describe('a rule', () => {
  test('is described as it was put, and listed page by page', async () => {
    for (const Name of ['c', 'a', 'b']) await events('PutRule', { Name, EventPattern: '{"source":["x"]}' });

    expect(await events('DescribeRule', { Name: 'a' })).toEqual({
      Name: 'a',
      Arn: 'arn:aws:events:eu-west-1:123456789012:rule/a',
      EventPattern: '{"source":["x"]}',
      State: 'ENABLED',
      EventBusName: 'default',
      CreatedBy: '123456789012',
    });
    const first = await events('ListRules', { Limit: 2 });
    expect(first.Rules.map(({ Name }: { Name: string }) => Name)).toEqual(['a', 'b']);
    const rest = await events('ListRules', { Limit: 2, NextToken: first.NextToken });
    expect(rest).toEqual({ Rules: [expect.objectContaining({ Name: 'c' })] });
  });

  test('hears nothing while it is disabled, and keeps its targets', async () => {
    openQueue(world, 'events');
    const emit = async (): Promise<number> => {
      world.events.emit({ source: 'x', detailType: 'Something', detail: {} });
      await world.clock.advance(1_000);
      return world.sqs.messages('events').length;
    };
    await events('PutRule', { Name: 'a', EventPattern: '{"source":["x"]}' });
    await events('PutTargets', { Rule: 'a', Targets: [queue] });
    expect(await emit()).toBe(1);

    await events('DisableRule', { Name: 'a' });
    expect(await emit()).toBe(1);
    expect(await events('DescribeRule', { Name: 'a' })).toMatchObject({ State: 'DISABLED' });
    await events('EnableRule', { Name: 'a' });
    expect(await emit()).toBe(2);
    await expect(events('EnableRule', { Name: 'b' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('lists its targets page by page', async () => {
    await events('PutRule', { Name: 'a', EventPattern: '{"source":["x"]}' });
    const targets = ['one', 'two', 'three'].map((Id) => ({ ...queue, Id }));
    await events('PutTargets', { Rule: 'a', Targets: targets });

    const first = await events('ListTargetsByRule', { Rule: 'a', Limit: 2 });
    const rest = await events('ListTargetsByRule', { Rule: 'a', Limit: 2, NextToken: first.NextToken });

    expect(first.Targets).toEqual(targets.slice(0, 2));
    expect(rest).toEqual({ Targets: targets.slice(2) });
  });

  test('goes only without its targets', async () => {
    await events('PutRule', { Name: 'a', EventPattern: '{"source":["x"]}' });
    await events('PutTargets', { Rule: 'a', Targets: [queue] });

    await expect(events('DeleteRule', { Name: 'a' })).rejects.toThrow(
      "Rule can't be deleted since it has targets.",
    );
    await events('RemoveTargets', { Rule: 'a', Ids: ['queue'] });
    await events('DeleteRule', { Name: 'a' });
    await expect(events('DescribeRule', { Name: 'a' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Rule a does not exist on EventBus default.',
    });
  });

  test.each([
    [{ Name: 'a' }, 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    [{ Name: 'a', EventPattern: '{"source":"x"}' }, 'Event pattern is not valid.'],
    [{ Name: 'a', EventPattern: `{"source":["${'x'.repeat(2048)}"]}` }, 'exceeds the maximum of 2048'],
    [{ Name: 'a', ScheduleExpression: 'rate(1 days)' }, 'Parameter ScheduleExpression is not valid.'],
    [{ Name: 'a', ScheduleExpression: 'at(2026-03-03T00:00:00)' }, 'ScheduleExpression is not valid.'],
    [{ Name: 'a b', EventPattern: '{"source":["x"]}' }, "at 'name' failed to satisfy constraint"],
    [{ Name: 'a', EventPattern: '{"source":["x"]}', EventBusName: 'b' }, 'Event bus b does not exist.'],
  ])('is refused: %j', async (input, message) => {
    await expect(events('PutRule', input)).rejects.toThrow(message);
  });

  test.each([
    [
      { ...queue, Input: '1', InputPath: '$.detail' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target queue.',
    ],
    [
      { ...queue, InputTransformer: { InputTemplate: '"<nope>"' } },
      'InputTemplate for target queue contains invalid placeholder nope.',
    ],
    [
      { Id: 'm', Arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:m' },
      'RoleArn is required for target',
    ],
    [{ Id: 'k', Arn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/s' }, 'not modelled'],
    [{ Id: 'd', Arn: 'arn:aws:events:eu-west-1:123456789012:api-destination/d/1' }, 'not modelled'],
    [{ ...queue, SqsParameters: { MessageGroupId: 'g' } }, 'SqsParameters is not modelled'],
    [
      { ...queue, RetryPolicy: { MaximumRetryAttempts: 186 } },
      'Member must have value less than or equal to 185',
    ],
    [{ ...queue, RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, 'greater than or equal to 60'],
  ])('refuses the target %j', async (target, message) => {
    await events('PutRule', { Name: 'a', EventPattern: '{"source":["x"]}' });

    await expect(events('PutTargets', { Rule: 'a', Targets: [target] })).rejects.toThrow(message);
  });
});

test('events of our own are sent one by one: a bad one is told in its place', async () => {
  openQueue(world, 'events');
  world.events.putRule({ name: 'own', eventPattern: { source: ['signalbox'] }, targets: [queue] });

  const answer = await events('PutEvents', {
    Entries: [
      { Source: 'signalbox', DetailType: 'Release Ended', Detail: '{"outcome":"LIVE"}' },
      { Source: 'signalbox', DetailType: 'Release Ended', Detail: 'not json' },
      { Source: 'aws.s3', DetailType: 'Object Created', Detail: '{}' },
      { Source: 'signalbox', Detail: '{}' },
      { Source: 'signalbox', DetailType: 'x', Detail: '{}', EventBusName: 'elsewhere' },
    ],
  });
  await world.clock.advance(1_000);

  expect(answer).toEqual({
    FailedEntryCount: 3,
    Entries: [
      { EventId: expect.any(String) },
      { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
      { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
      {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
      },
      { EventId: expect.any(String) },
    ],
  });
  const bodies = world.sqs.messages('events').map(({ body }) => JSON.parse(body));
  expect(bodies).toMatchObject([{ id: answer.Entries[0].EventId, detail: { outcome: 'LIVE' } }]);
});

test('a pattern can be tried on an event', async () => {
  const EventPattern = '{"source":["x"]}';
  expect(await events('TestEventPattern', { EventPattern, Event: '{"source":"x"}' })).toEqual({
    Result: true,
  });
  expect(await events('TestEventPattern', { EventPattern, Event: '{"source":"y"}' })).toEqual({
    Result: false,
  });
  await expect(events('TestEventPattern', { EventPattern, Event: '["x"]' })).rejects.toThrow(
    'Parameter Event is not valid.',
  );
});
