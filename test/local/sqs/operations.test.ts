import { beforeEach, describe, expect, test } from '@jest/globals';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';

let world: World;
let sqs: Account['call'];
let QueueUrl: string;
beforeEach(async () => {
  ({ world, call: sqs } = await openAccount());
  ({ QueueUrl } = await sqs('CreateQueue', { QueueName: 'events' }));
});

const send = (MessageBody: string, more: object = {}) =>
  sqs('SendMessage', { QueueUrl, MessageBody, ...more });
const receive = async (more: object = {}): Promise<{ Body: string; ReceiptHandle: string }[]> =>
  (await sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, ...more })).Messages ?? [];
const bodies = async () => (await receive()).map(({ Body }) => Body);

describe('a message in flight', () => {
  test('stays hidden as long as its reader asks, and comes back at once for 0', async () => {
    await send('one');
    const [{ ReceiptHandle } = { ReceiptHandle: '' }] = await receive();
    await sqs('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 600 });
    await world.clock.advance(599_000);
    expect(await bodies()).toEqual([]);

    await sqs('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    expect(await bodies()).toEqual(['one']);
  });

  test('cannot be hidden once it is back, nor for more than twelve hours', async () => {
    await send('one');
    const [{ ReceiptHandle } = { ReceiptHandle: '' }] = await receive();
    const hide = (VisibilityTimeout: number) =>
      sqs('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout });

    await expect(hide(43_201)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    await world.clock.advance(30_000);
    await expect(hide(10)).rejects.toMatchObject({ code: 'MessageNotInflight' });
  });

  test('is hidden in batches, each entry for itself', async () => {
    await send('one');
    const [{ ReceiptHandle } = { ReceiptHandle: '' }] = await receive();

    const answer = await sqs('ChangeMessageVisibilityBatch', {
      QueueUrl,
      Entries: [
        { Id: 'a', ReceiptHandle, VisibilityTimeout: 0 },
        { Id: 'b', ReceiptHandle: 'nonsense', VisibilityTimeout: 0 },
      ],
    });

    expect(answer).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid', SenderFault: true }],
    });
  });
});

test('messages are sent in batches, each entry for itself', async () => {
  const answer = await sqs('SendMessageBatch', {
    QueueUrl,
    Entries: [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: '\u0000' },
      { Id: 'c', MessageBody: 'late', DelaySeconds: 60 },
    ],
  });

  expect(answer.Successful.map(({ Id }: { Id: string }) => Id)).toEqual(['a', 'c']);
  expect(answer.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidMessageContents' }]);
  expect(await bodies()).toEqual(['one']);
  await world.clock.advance(60_000);
  expect(await bodies()).toEqual(['one', 'late']);
});

test.each([
  ['EmptyBatchRequest', []],
  [
    'TooManyEntriesInBatchRequest',
    Array.from({ length: 11 }, (_, at) => ({ Id: `${at}`, MessageBody: 'x' })),
  ],
  [
    'BatchEntryIdsNotDistinct',
    [
      { Id: 'a', MessageBody: 'x' },
      { Id: 'a', MessageBody: 'y' },
    ],
  ],
  ['InvalidBatchEntryId', [{ Id: 'a b', MessageBody: 'x' }]],
  ['BatchRequestTooLong', ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) }))],
])('a batch is refused: %s', async (code, Entries) => {
  await expect(sqs('SendMessageBatch', { QueueUrl, Entries })).rejects.toMatchObject({ code });
});

test('a message and its attributes stay under the limit together', async () => {
  const big = 'x'.repeat(1_048_570);

  await send(big);
  const attributes = { MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } } };
  await expect(send(big, attributes)).rejects.toMatchObject({
    code: 'InvalidParameterValue',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  });
  await expect(send('x', { DelaySeconds: 901 })).rejects.toMatchObject({ code: 'InvalidParameterValue' });
});

test('a purged queue is empty, once a minute', async () => {
  await send('one');
  await sqs('PurgeQueue', { QueueUrl });

  expect(await bodies()).toEqual([]);
  await expect(sqs('PurgeQueue', { QueueUrl })).rejects.toMatchObject({ code: 'PurgeQueueInProgress' });
  await world.clock.advance(60_000);
  await sqs('PurgeQueue', { QueueUrl });
});

test('attributes change what is named and leave the rest', async () => {
  await sqs('SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '5', DelaySeconds: '7' } });

  const { Attributes } = await sqs('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
  expect(Attributes).toMatchObject({
    VisibilityTimeout: '5',
    DelaySeconds: '7',
    MessageRetentionPeriod: '345600',
  });
  const set = (Attributes: object) => sqs('SetQueueAttributes', { QueueUrl, Attributes });
  await expect(set({ VisibilityTimeout: '43201' })).rejects.toMatchObject({
    code: 'InvalidAttributeValue',
    message: 'Invalid value for the parameter VisibilityTimeout.',
  });
});

test.each([
  [{ QueueName: 'a b' }, 'InvalidParameterValue', 'Can only include alphanumeric characters'],
  [
    { QueueName: 'open', Attributes: { Policy: '[]' } },
    'InvalidAttributeValue',
    'Invalid value for the parameter Policy.',
  ],
])('CreateQueue refuses %j', async (input, code, message) => {
  await expect(sqs('CreateQueue', input)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});
