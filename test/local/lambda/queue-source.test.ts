import { beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/aws-error.ts';
import type { Scenario } from '../../../local/scenario.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount, START_MS } from '../support/open-account.ts';
import { functionZip, roleArn } from './function-zip.ts';

const zipPath = functionZip({
  'index.mjs': `
    const poison = ({ body }) => body.startsWith('poison');
    export const report = async ({ Records }) => {
      console.log(JSON.stringify(Records));
      return { batchItemFailures: Records.filter(poison).map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
    export const fail = async ({ Records }) => {
      console.log(JSON.stringify(Records));
      if (Records.some(poison)) throw new Error('poisoned');
    };
    export const nonsense = async ({ Records }) => {
      console.log(JSON.stringify(Records));
      return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
    };
  `,
});

let world: World;
let calls: Account['calls'];
let fault: Scenario['fault'];
beforeEach(async () => {
  fault = undefined;
  ({ world, calls } = await openAccount({ scenario: { fault: (call) => fault?.(call) } }));
  const dead = world.sqs.createQueue('dead');
  world.sqs.createQueue('events', {
    VisibilityTimeout: 90,
    RedrivePolicy: { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 },
  });
});

const attach = (exported: string, more: object = {}): void => {
  world.lambda.createFunction({ name: 'route', zipPath, handler: `index.${exported}`, roleArn });
  world.lambda.addQueueSource({
    functionName: 'route',
    queueArn: world.sqs.queue('events').arn,
    reportBatchItemFailures: true,
    ...more,
  });
};

const batches = (): { body: string; messageId: string }[][] =>
  world.lambda.function('route').logs.map((line) => JSON.parse(line));
const bodies = (): string[][] => batches().map((records) => records.map(({ body }) => body));
const dead = (): string[] => world.sqs.messages('dead').map(({ body }) => body);

const throttled = new AwsError('RequestThrottled', 'Request is throttled.', 403);

/** Until nothing is left to happen. */
const settle = (): Promise<void> => world.clock.advance(3_600_000);

describe('a function behind a queue', () => {
  test('gets messages in Lambda’s envelope, and they are gone when it is done', async () => {
    attach('report');
    const sent = world.sqs.send('events', 'good', { kind: { DataType: 'String', StringValue: 'test' } });
    await settle();

    expect(batches()).toEqual([
      [
        {
          messageId: sent.id,
          receiptHandle: expect.any(String),
          body: 'good',
          attributes: {
            SenderId: '123456789012',
            SentTimestamp: String(START_MS),
            ApproximateReceiveCount: '1',
            ApproximateFirstReceiveTimestamp: String(START_MS),
          },
          messageAttributes: {
            kind: { stringValue: 'test', stringListValues: [], binaryListValues: [], dataType: 'String' },
          },
          md5OfBody: '755f85c2723bb39381c7379a604160d8',
          eventSource: 'aws:sqs',
          eventSourceARN: world.sqs.queue('events').arn,
          awsRegion: 'eu-west-1',
        },
      ],
    ]);
    expect(world.sqs.messages('events')).toEqual([]);
    expect(calls.map(({ caller }) => caller.arn)).toEqual(calls.map(() => roleArn));
  });

  test('leaves a poison message to the dead-letter queue, alone', async () => {
    attach('report');
    for (const body of ['good 1', 'poison', 'good 2']) world.sqs.send('events', body);
    await settle();

    expect(bodies()).toEqual([['good 1', 'poison', 'good 2'], ['poison'], ['poison']]);
    expect(dead()).toEqual(['poison']);
    expect(world.sqs.messages('events')).toEqual([]);
    const [movedAt] = world.journal.entries.filter(({ subject }) => subject === 'sqs/events');
    expect((movedAt!.atMs - START_MS) / 1000).toBe(270);
  });

  test('takes the whole batch along where it fails as a whole', async () => {
    attach('fail');
    world.sqs.send('events', 'good');
    world.sqs.send('events', 'poison');
    await settle();

    expect(bodies()).toEqual([
      ['good', 'poison'],
      ['good', 'poison'],
      ['good', 'poison'],
    ]);
    expect(dead()).toEqual(['good', 'poison']);
  });

  test('is not believed where it names a message that it never got', async () => {
    attach('nonsense');
    world.sqs.send('events', 'good');
    await settle();

    expect(dead()).toEqual(['good']);
  });

  test('is believed to be done where nobody asked for its failures', async () => {
    attach('nonsense', { reportBatchItemFailures: false });
    world.sqs.send('events', 'good');
    await settle();

    expect(dead()).toEqual([]);
    expect(world.sqs.messages('events')).toEqual([]);
  });

  test('gets no more at once than it takes', async () => {
    attach('report', { batchSize: 2 });
    for (const body of ['1', '2', '3']) world.sqs.send('events', body);
    await settle();

    expect(bodies()).toEqual([['1', '2'], ['3']]);
  });

  test('waits for a window in which messages gather', async () => {
    attach('report', { batchSize: 100, batchWindowSeconds: 20 });
    world.sqs.send('events', '1');
    await world.clock.advance(15_000);
    world.sqs.send('events', '2');
    await settle();

    expect(bodies()).toEqual([['1', '2']]);
  });

  test('gets its messages later where the queue could not be read', async () => {
    attach('report');
    let refusals = 3;
    fault = ({ operation }) => {
      if (operation !== 'ReceiveMessage') return undefined;
      refusals -= 1;
      return refusals >= 0 ? throttled : undefined;
    };
    world.sqs.send('events', 'late');
    await world.clock.advance(6_900);
    expect(bodies()).toEqual([]);
    await settle();

    expect(bodies()).toEqual([['late']]);
  });

  test('stops asking a queue that is never readable when its messages are over', async () => {
    attach('report');
    fault = ({ operation }) => (operation === 'ReceiveMessage' ? throttled : undefined);
    world.sqs.send('events', 'lost');

    await expect(world.clock.runUntil(() => false)).rejects.toThrow('Nothing is left to happen');
  });

  test('gets what was in the queue before it came', async () => {
    world.sqs.send('events', 'early');
    attach('report');
    await settle();

    expect(bodies()).toEqual([['early']]);
  });
});

test('a queue whose messages come back too early is refused', () => {
  world.sqs.createQueue('hasty', { VisibilityTimeout: 2 });

  expect(() => attach('report', { queueArn: world.sqs.queue('hasty').arn })).toThrow(
    'Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds',
  );
});

test('a world with an empty queue stands still', async () => {
  attach('report');
  await expect(world.clock.runUntil(() => false)).rejects.toThrow('Nothing is left to happen');
});
