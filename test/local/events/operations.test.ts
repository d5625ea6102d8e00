import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, openSmallWorld, type SmallWorld } from '../services/small-world.ts';

let world: SmallWorld;
beforeEach(() => {
  world = openSmallWorld();
});
afterEach(() => world.close());

const events = (name: string, input: object) => call(world.events.operations, name, input);
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
    });
    const first = await events('ListRules', { Limit: 2 });
    expect(first.Rules.map(({ Name }: { Name: string }) => Name)).toEqual(['a', 'b']);
    const rest = await events('ListRules', { Limit: 2, NextToken: first.NextToken });
    expect(rest).toEqual({ Rules: [expect.objectContaining({ Name: 'c' })] });
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
  ])('refuses the target %j', async (target, message) => {
    await events('PutRule', { Name: 'a', EventPattern: '{"source":["x"]}' });

    await expect(events('PutTargets', { Rule: 'a', Targets: [target] })).rejects.toThrow(message);
  });
});

test('events of our own are sent one by one: a bad one is told in its place', async () => {
  world.sqs.createQueue('events');
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
