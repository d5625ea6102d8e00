import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/aws-error.ts';
import type { Scenario } from '../../../local/scenario.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount, openQueue } from '../support/open-account.ts';

let world: World;
let calls: Account['calls'];

const queueArn = (name: string): string => `arn:aws:sqs:eu-west-1:123456789012:${name}`;

/** A bucket that tells EventBridge, a rule on its uploads and a queue at the end. */
const openDrop = async (scenario: Scenario = {}, target: object = {}): Promise<void> => {
  ({ world, calls } = await openAccount({ scenario }));
  world.s3.createBucket('drop', { eventBridge: true, versioned: true });
  for (const name of ['events', 'dead']) openQueue(world, name);
  world.events.putRule({
    name: 'uploads',
    eventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'] },
    targets: [{ Id: 'queue', Arn: queueArn('events'), ...target }],
  });
};

const received = (queue = 'events'): unknown[] =>
  world.sqs.messages(queue).map(({ body }) => JSON.parse(body));

const anHour = 3_600_000;

describe('an upload', () => {
  test('reaches the queue in the envelope that S3 sends', async () => {
    await openDrop();

    const stored = world.s3.put('drop', 'incoming/a b.csv', 'a,b\n');
    await world.clock.advance(anHour);

    expect(received()).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        'detail-type': 'Object Created',
        source: 'aws.s3',
        account: '123456789012',
        time: '2026-03-02T09:00:00Z',
        region: 'eu-west-1',
        resources: ['arn:aws:s3:::drop'],
        detail: {
          version: '0',
          bucket: { name: 'drop' },
          object: {
            key: 'incoming/a b.csv',
            size: 4,
            etag: stored.etag,
            'version-id': stored.versionId,
            sequencer: expect.stringMatching(/^00[0-9A-F]{16}$/),
          },
          'request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
          requester: '123456789012',
          'source-ip-address': '127.0.0.1',
          reason: 'PutObject',
        },
      },
    ]);
    expect(calls[0]!.caller).toEqual({
      arn: 'events.amazonaws.com',
      via: 'service',
      sourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/uploads',
    });
  });

  test('is lost where the scenario says so', async () => {
    await openDrop({ event: () => 'drop' });

    world.s3.put('drop', 'a', '1');
    await world.clock.advance(anHour);

    expect(received()).toEqual([]);
    expect(world.journal.text()).toContain('lost aws.s3 "Object Created"');
  });

  test('arrives twice under two ids where the scenario says so', async () => {
    await openDrop({ event: () => 'double' });

    world.s3.put('drop', 'a', '1');
    await world.clock.advance(anHour);

    const [one, other] = received() as { id: string; detail: unknown }[];
    expect(one!.id).not.toBe(other!.id);
    expect(one!.detail).toEqual(other!.detail);
  });

  test('arrives late where the scenario says so, and tells when it happened', async () => {
    await openDrop({
      event: ({ detail }) => ((detail as { object: { key: string } }).object.key === 'slow' ? 90 : 'deliver'),
    });

    world.s3.put('drop', 'slow', '1');
    world.s3.put('drop', 'quick', '1');
    await world.clock.advance(60_000);
    const early = received().length;
    await world.clock.advance(60_000);

    expect(early).toBe(1);
    expect(received()).toMatchObject([
      { detail: { object: { key: 'quick' } } },
      { time: '2026-03-02T09:00:00Z', detail: { object: { key: 'slow' } } },
    ]);
  });

  test('says nothing from a bucket without EventBridge or through a disabled rule', async () => {
    await openDrop();
    world.s3.createBucket('silent', { versioned: true });
    world.events.putRule({ name: 'uploads', eventPattern: { source: ['aws.s3'] }, state: 'DISABLED' });

    world.s3.put('silent', 'a', '1');
    world.s3.put('drop', 'a', '1');
    await world.clock.advance(anHour);

    expect(received()).toEqual([]);
  });
});

describe('a target that does not answer', () => {
  const throttled = new AwsError('ThrottlingException', 'Rate exceeded');
  /** Calls to the target's own queue fail, those to the dead-letter queue do not. */
  const shut = (error: AwsError): Scenario => ({
    fault: ({ input }) => ((input as { QueueUrl: string }).QueueUrl.endsWith('/events') ? error : undefined),
  });

  test('is tried again with growing waits until it does', async () => {
    let refusals = 5;
    await openDrop({ fault: () => (refusals-- > 0 ? throttled : undefined) });

    world.s3.put('drop', 'a', '1');
    await world.clock.advance(anHour);

    expect(received()).toHaveLength(1);
    expect(calls).toHaveLength(6);
  });

  test('leaves the event in the dead-letter queue, with the reason', async () => {
    await openDrop(shut(throttled), {
      RetryPolicy: { MaximumRetryAttempts: 3 },
      DeadLetterConfig: { Arn: queueArn('dead') },
    });

    world.s3.put('drop', 'a', '1');
    await world.clock.advance(anHour);

    const [dead] = world.sqs.messages('dead');
    expect(JSON.parse(dead!.body)).toMatchObject({ source: 'aws.s3' });
    const texts = Object.entries(dead!.attributes).map(([name, { StringValue }]) => [name, StringValue]);
    expect(Object.fromEntries(texts)).toEqual({
      RULE_ARN: 'arn:aws:events:eu-west-1:123456789012:rule/uploads',
      TARGET_ARN: queueArn('events'),
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'Rate exceeded',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '3',
    });
  });

  test('is not tried beyond the age of the event', async () => {
    await openDrop(shut(throttled), {
      RetryPolicy: { MaximumEventAgeInSeconds: 60 },
      DeadLetterConfig: { Arn: queueArn('dead') },
    });

    world.s3.put('drop', 'a', '1');
    await world.clock.advance(120_000);

    const [dead] = world.sqs.messages('dead');
    expect(dead!.attributes.EXHAUSTED_RETRY_CONDITION!.StringValue).toBe('MaximumEventAgeInSeconds');
    expect(dead!.sentMs - world.clock.now()).toBeLessThanOrEqual(-60_000);
  });

  test('is not tried again where that cannot help', async () => {
    const denied = new AwsError('AccessDenied', 'Access to the resource is denied.', 403);
    await openDrop(shut(denied), { DeadLetterConfig: { Arn: queueArn('dead') } });

    world.s3.put('drop', 'a', '1');
    await world.clock.advance(1_000);

    const [dead] = world.sqs.messages('dead');
    expect(dead!.attributes.ERROR_CODE!.StringValue).toBe('NO_PERMISSIONS');
    expect(dead!.attributes.RETRY_ATTEMPTS!.StringValue).toBe('0');
  });
});

describe('what a target is given', () => {
  const given = async (target: object): Promise<string | undefined> => {
    await openDrop({}, target);
    world.s3.put('drop', 'say "hi".csv', '1');
    await world.clock.advance(1_000);
    return world.sqs.messages('events')[0]?.body;
  };
  const transformed = (InputTemplate: string): Promise<string | undefined> =>
    given({
      InputTransformer: {
        InputPathsMap: {
          key: '$.detail.object.key',
          bucket: '$.detail.bucket',
          resources: '$.resources',
          size: '$.detail.object.size',
          missing: '$.detail.nope',
        },
        InputTemplate,
      },
    });

  test('can be a constant, or a part of the event', async () => {
    expect(await given({ Input: '{"a":1}' })).toBe('{"a":1}');
    await world.close();
    expect(await given({ InputPath: '$.detail.bucket' })).toBe('{"name":"drop"}');
    await world.close();
    expect(await given({ InputPath: '$.resources[0]' })).toBe('"arn:aws:s3:::drop"');
  });

  test.each([
    ['{"key": <key>, "size": <size>}', '{"key": "say \\"hi\\".csv", "size": 1}'],
    ['{"path": "in/<key>", "none": <missing>}', '{"path": "in/say \\"hi\\".csv", "none": ""}'],
    ['{"bucket": <bucket>, "all": [<key>]}', '{"bucket": {"name":"drop"}, "all": ["say \\"hi\\".csv"]}'],
    ['"<size> bytes in <bucket>, <resources><missing>"', '"1 bytes in {name:drop}, [arn:aws:s3:::drop]"'],
    ['"rule <aws.events.rule-name>"\n"two"', '"rule uploads"\n"two"'],
  ])('can be made by a template: %s', async (template, expected) => {
    expect(await transformed(template)).toBe(expected);
  });

  test('is not sent where a template makes no JSON', async () => {
    expect(await transformed('{"bucket": "<bucket>"}')).toBeUndefined();
    expect(world.journal.text()).toContain('makes no JSON of aws.s3 "Object Created"');
  });
});

test('a state machine is started as the target’s role, under a new name for each event', async () => {
  const machineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:wake';
  const roleArn = 'arn:aws:iam::123456789012:role/wake-starter';
  const { world, calls, call } = await openAccount();
  const definition = { QueryLanguage: 'JSONata', StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
  await call('CreateStateMachine', { name: 'wake', roleArn, definition: JSON.stringify(definition) });
  calls.length = 0;
  world.events.putRule({
    name: 'alarms',
    eventPattern: { source: ['aws.cloudwatch'] },
    targets: [{ Id: 'wake', Arn: machineArn, RoleArn: roleArn }],
  });

  world.events.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    detail: { a: 1 },
  });
  world.events.emit({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    detail: { a: 2 },
  });
  await world.clock.advance(1_000);

  expect(calls).toMatchObject([
    {
      service: 'stepfunctions',
      operation: 'StartExecution',
      input: { stateMachineArn: machineArn },
      caller: {
        arn: roleArn,
        via: 'service',
        sourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/alarms',
      },
    },
    {},
  ]);
  const names = calls.map(({ input }) => (input as { name: string }).name);
  expect(new Set(names).size).toBe(2);
});

test('the same seed tells the same story, retries included', async () => {
  const story = async (): Promise<string> => {
    const fault = () => new AwsError('ServiceUnavailable', 'Try later', 503);
    await openDrop({ event: () => 'double', fault }, { RetryPolicy: { MaximumRetryAttempts: 2 } });
    world.s3.put('drop', 'a', '1');
    world.s3.put('drop', 'b', '1');
    await world.clock.advance(anHour);
    return world.journal.text();
  };

  const first = await story();
  await world.close();

  expect(await story()).toBe(first);
});
