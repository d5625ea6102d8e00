import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';

let world: World;
let call: Account['call'];
let url: string;
beforeEach(async () => {
  ({ world, call } = await openAccount());
  const dead = world.sqs.createQueue('dead');
  url = world.sqs.createQueue('work', {
    VisibilityTimeout: 60,
    RedrivePolicy: { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 },
  }).url;
});

const sqs = (name: string, input: object = {}) => call(name, { QueueUrl: url, ...input });
const receive = async (input: object = {}) => (await sqs('ReceiveMessage', input)).Messages ?? [];

describe('a message', () => {
  test('is hidden while somebody works on it, and comes back', async () => {
    const sent = await sqs('SendMessage', { MessageBody: 'hello' });
    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');

    const [first] = await receive({ MessageSystemAttributeNames: ['All'] });
    expect(await receive()).toEqual([]);
    await world.clock.advance(60_000);
    const [second] = await receive({ AttributeNames: ['All'] });

    expect(first).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'hello',
      MD5OfBody: sent.MD5OfMessageBody,
    });
    expect(first.Attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.parse('2026-03-02T09:00:00Z')),
    });
    expect(second.Attributes.ApproximateReceiveCount).toBe('2');
    expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
  });

  test('is gone once it is deleted, but not by an older handle', async () => {
    await sqs('SendMessage', { MessageBody: 'hello' });
    const [first] = await receive();
    await world.clock.advance(60_000);
    const [second] = await receive();

    await sqs('DeleteMessage', { ReceiptHandle: first.ReceiptHandle });
    expect(world.sqs.messages('work')).toHaveLength(1);
    await sqs('DeleteMessage', { ReceiptHandle: second.ReceiptHandle });
    expect(world.sqs.messages('work')).toEqual([]);
  });

  test('waits for its delay', async () => {
    await sqs('SendMessage', { MessageBody: 'later', DelaySeconds: 10 });
    expect(await receive()).toEqual([]);
    await world.clock.advance(10_000);
    expect(await receive()).toHaveLength(1);
  });

  test('carries attributes, and only those asked for', async () => {
    const MessageAttributes = {
      RULE_ARN: { DataType: 'String', StringValue: 'arn' },
      count: { DataType: 'Number', StringValue: '3' },
    };
    const sent = await sqs('SendMessage', { MessageBody: 'hello', MessageAttributes });
    const [message] = await receive({ MessageAttributeNames: ['count'] });

    expect(message.MessageAttributes).toEqual({ count: MessageAttributes.count });
    // The digest that an SDK would work out for both attributes.
    expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
    expect(message.MD5OfMessageAttributes).not.toBe(sent.MD5OfMessageAttributes);
  });

  test('ends the wait of a long poll', async () => {
    const polled = receive({ WaitTimeSeconds: 20 });
    world.clock.at(world.clock.now() + 5_000, () => {
      world.sqs.send('work', 'hello');
    });
    await world.clock.advance(5_000);

    expect(await polled).toMatchObject([{ Body: 'hello' }]);
  });

  test('is not waited for longer than asked', async () => {
    const polled = receive({ WaitTimeSeconds: 20 });
    await world.clock.advance(20_000);
    expect(await polled).toEqual([]);
  });
});

test('a message received too often goes to the dead-letter queue, alone and with its history', async () => {
  const poison = await sqs('SendMessage', { MessageBody: 'poison' });
  for (let time = 0; time < 3; time += 1) {
    expect(await receive()).toHaveLength(1);
    await world.clock.advance(60_000);
  }
  await sqs('SendMessage', { MessageBody: 'good' });

  expect(await receive({ MaxNumberOfMessages: 10 })).toMatchObject([{ Body: 'good' }]);
  const { Messages } = await call('ReceiveMessage', {
    QueueUrl: world.sqs.queue('dead').url,
    MessageSystemAttributeNames: ['All'],
  });
  expect(Messages).toMatchObject([
    {
      MessageId: poison.MessageId,
      Body: 'poison',
      Attributes: {
        ApproximateReceiveCount: '4',
        SentTimestamp: String(Date.parse('2026-03-02T09:00:00Z')),
        DeadLetterQueueSourceArn: world.sqs.queue('work').arn,
      },
    },
  ]);
  expect(world.journal.text()).toContain('sqs/work gave message');
});

test('a batch is deleted one by one', async () => {
  await sqs('SendMessage', { MessageBody: 'a' });
  const [message] = await receive();

  const answer = await sqs('DeleteMessageBatch', {
    Entries: [
      { Id: 'good', ReceiptHandle: message.ReceiptHandle },
      { Id: 'bad', ReceiptHandle: 'nonsense' },
    ],
  });

  expect(answer).toMatchObject({
    Successful: [{ Id: 'good' }],
    Failed: [{ Id: 'bad', Code: 'ReceiptHandleIsInvalid', SenderFault: true }],
  });
  expect(world.sqs.messages('work')).toEqual([]);
});

test('a queue counts what it holds', async () => {
  for (const MessageBody of ['a', 'b', 'c']) await sqs('SendMessage', { MessageBody });
  await sqs('SendMessage', { MessageBody: 'd', DelaySeconds: 5 });
  await receive();

  const { Attributes } = await sqs('GetQueueAttributes', { AttributeNames: ['All'] });
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '2',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
    VisibilityTimeout: '60',
  });
});

test('a queue tells CloudWatch every minute how many messages wait in it, until none do', async () => {
  const record = jest.spyOn(world.cloudwatch, 'record');
  await sqs('SendMessage', { MessageBody: 'a' });
  await world.clock.advance(120_000);
  const [message] = await receive();
  await sqs('DeleteMessage', { ReceiptHandle: message.ReceiptHandle });
  await world.clock.advance(3_600_000);

  const samples = record.mock.calls.map(([sample]) => sample);
  expect(samples.map(({ value }) => value)).toEqual([1, 1, 1, 0]);
  expect(samples[0]).toEqual({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: 'work' },
    value: 1,
    unit: 'Count',
  });
});

test.each<[operation: string, input: object, code: string]>([
  ['SendMessage', { MessageBody: '' }, 'MissingParameter'],
  ['SendMessage', { MessageBody: '\u0000' }, 'InvalidMessageContents'],
  [
    'SendMessage',
    { MessageBody: 'x', QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/none' },
    'QueueDoesNotExist',
  ],
  ['SetQueueAttributes', { Attributes: { Policy: 'open' } }, 'InvalidAttributeValue'],
  [
    'SetQueueAttributes',
    { Attributes: { Policy: '{"Statement":{"Effect":"Allow"}}' } },
    'InvalidAttributeValue',
  ],
  ['SetQueueAttributes', { Attributes: { RedrivePolicy: '{' } }, 'InvalidParameterValue'],
  ['ReceiveMessage', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
  ['DeleteMessageBatch', { Entries: [] }, 'EmptyBatchRequest'],
])('%s refuses %j with %s', async (operation, input, code) => {
  await expect(sqs(operation, input)).rejects.toMatchObject({ code });
});

test('a dead-letter queue has to be there', async () => {
  const RedrivePolicy =
    '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:gone","maxReceiveCount":3}';

  await expect(sqs('SetQueueAttributes', { Attributes: { RedrivePolicy } })).rejects.toMatchObject({
    code: 'InvalidParameterValue',
    message: `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
  });
});
