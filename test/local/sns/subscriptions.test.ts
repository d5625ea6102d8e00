import { expect, test } from '@jest/globals';
import { functionZip, roleArn } from '../lambda/function-zip.ts';
import { type Account, letsIn, openAccount } from '../support/open-account.ts';

const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:news';
const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:readers';
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:reader';

const allows = (action: string, resource: string) => letsIn('sns', action, resource, TopicArn);

/** A topic with a queue beside it, which lets the topic in unless it is shut. */
async function openTopic({ isShut = false } = {}): Promise<Account> {
  const account = await openAccount();
  const { world, call } = account;
  await call('CreateTopic', { Name: 'news' });
  world.sqs.createQueue('readers');
  if (!isShut) world.iam.setResourcePolicy(queueArn, allows('sqs:SendMessage', queueArn));
  return account;
}

const subscribe = ({ call }: Account, more: object = {}) =>
  call('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn, ...more });

test('a queue gets the notification in SNS’s envelope', async () => {
  const account = await openTopic();
  await subscribe(account);

  const { MessageId } = await account.call('Publish', {
    TopicArn,
    Subject: 'Release is live',
    Message: 'All is well.',
    MessageAttributes: { release: { DataType: 'String', StringValue: 'r42' } },
  });
  await account.world.clock.advance(1_000);

  const [message] = account.world.sqs.messages('readers');
  expect(JSON.parse(message!.body)).toEqual({
    Type: 'Notification',
    MessageId,
    TopicArn,
    Subject: 'Release is live',
    Message: 'All is well.',
    Timestamp: '2026-03-02T09:00:00.000Z',
    SignatureVersion: '1',
    Signature: expect.any(String),
    SigningCertURL: expect.stringContaining('https://sns.eu-west-1.amazonaws.com/'),
    UnsubscribeURL: expect.stringContaining(`SubscriptionArn=${TopicArn}:`),
    MessageAttributes: { release: { Type: 'String', Value: 'r42' } },
  });
});

test('a queue that wants it raw gets the message alone', async () => {
  const account = await openTopic();
  await subscribe(account, { Attributes: { RawMessageDelivery: 'true' } });

  await account.call('Publish', { TopicArn, Message: '{"a":1}' });
  await account.world.clock.advance(1_000);

  expect(account.world.sqs.messages('readers')[0]!.body).toBe('{"a":1}');
});

test('a queue whose policy does not let the topic in gets nothing, and the journal tells why', async () => {
  const account = await openTopic({ isShut: true });
  await subscribe(account);

  await account.call('Publish', { TopicArn, Message: 'x' });
  await account.world.clock.advance(1_000);

  expect(account.world.sqs.messages('readers')).toEqual([]);
  expect(account.world.journal.text()).toMatch(/sns\/news lost .*sqs:sendmessage/i);
});

test('a function gets a record that names its subscription', async () => {
  const account = await openTopic();
  const { world, call } = account;
  const code = `export const handler = async (event) => { console.log(JSON.stringify(event.Records)); };`;
  const zipPath = functionZip({ 'reader.mjs': code });
  world.lambda.createFunction({ name: 'reader', zipPath, handler: 'reader.handler', roleArn });
  world.iam.setResourcePolicy(functionArn, allows('lambda:InvokeFunction', functionArn));
  await subscribe(account, { Protocol: 'lambda', Endpoint: functionArn });

  await call('Publish', { TopicArn, Message: 'x' });
  await world.clock.advance(1_000);

  expect(world.journal.text()).toMatch(/sns\/news handed .* to arn:aws:lambda/);
});

test('a person is not disturbed; what would have been sent is kept', async () => {
  const account = await openTopic();

  const answer = await subscribe(account, { Protocol: 'email', Endpoint: 'ann@example.com' });
  await account.call('Publish', { TopicArn, Message: 'x' });

  expect(answer).toEqual({ SubscriptionArn: 'pending confirmation' });
  expect(account.world.sns.published).toMatchObject([{ message: 'x' }]);
});

test('subscribing twice is one subscription, and two kinds of it are refused', async () => {
  const account = await openTopic();
  const first = await subscribe(account);

  expect(await subscribe(account)).toEqual(first);
  await expect(subscribe(account, { Attributes: { RawMessageDelivery: 'true' } })).rejects.toThrow(
    'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
  );
});

test.each([
  [
    { TopicArn: 'news' },
    'InvalidParameter',
    'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
  ],
  [{ TopicArn: `${TopicArn}-not` }, 'NotFound', 'Topic does not exist'],
  [
    { Endpoint: 'https://sqs.eu-west-1.amazonaws.com/1/readers' },
    'InvalidParameter',
    'Invalid parameter: SQS endpoint ARN',
  ],
  [
    { Protocol: 'pigeon' },
    'InvalidParameter',
    'Invalid parameter: Amazon SNS does not support this protocol string: pigeon',
  ],
  [
    { Attributes: { FilterPolicy: '{}' } },
    'NotModelled',
    'The subscription attribute FilterPolicy is not modelled',
  ],
])('a subscription with %j is refused: %s', async (more, code, message) => {
  const account = await openTopic();

  await expect(subscribe(account, more)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test('topics are made once, listed and deleted without complaint', async () => {
  const { call } = await openTopic();

  expect(await call('CreateTopic', { Name: 'news' })).toEqual({ TopicArn });
  expect(await call('ListTopics', {})).toEqual({ Topics: [{ TopicArn }] });
  for (let times = 0; times < 2; times += 1) await call('DeleteTopic', { TopicArn });
  await expect(call('Publish', { TopicArn, Message: 'x' })).rejects.toMatchObject({ code: 'NotFound' });
  await expect(call('CreateTopic', { Name: 'two words' })).rejects.toThrow('Invalid parameter: Topic Name');
});
