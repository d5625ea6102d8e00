import type { Call } from '../../door.ts';
import type { Caller } from '../../service.ts';
import type { World } from '../../world.ts';
import type { MessageAttributes } from '../sqs/message.ts';
import type { Publication } from './sns.ts';
import type { Subscription } from './topic.ts';

/** About what SNS takes; its user guide says "typically under 30 ms". */
const LATENCY_MS = 30;

/** Hands a message to a queue or function as SNS, which their policies must allow; to people it is only kept. */
export async function deliver(
  world: World,
  subscription: Subscription,
  publication: Publication,
): Promise<void> {
  if (subscription.protocol !== 'sqs' && subscription.protocol !== 'lambda') return;
  await world.clock.sleep(LATENCY_MS);
  const call = callFor(subscription, envelope(world, subscription, publication), publication);
  const subject = `sns/${subscription.topicArn.split(':').at(-1)}`;
  try {
    await world.door.call(call);
    world.journal.write(subject, `handed ${publication.messageId} to ${subscription.endpoint}`);
  } catch (error) {
    // SNS does not tell its publisher either; the diary does.
    world.journal.write(subject, `lost ${publication.messageId}: ${(error as Error).message}`);
  }
}

function callFor(
  { protocol, endpoint, topicArn, arn, raw }: Subscription,
  notification: Record<string, unknown>,
  publication: Publication,
): Call {
  const caller: Caller = { arn: 'sns.amazonaws.com', via: 'service', sourceArn: topicArn };
  if (protocol === 'lambda') {
    // A function gets two names in another case than a queue does, and all members always.
    const { SigningCertURL, UnsubscribeURL, ...rest } = notification;
    const Sns = {
      ...rest,
      SigningCertUrl: SigningCertURL,
      UnsubscribeUrl: UnsubscribeURL,
      Subject: publication.subject ?? null,
      MessageAttributes: notification.MessageAttributes ?? {},
    };
    const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: arn, Sns };
    const Payload = JSON.stringify({ Records: [record] });
    const input = { FunctionName: endpoint, InvocationType: 'Event', Payload };
    return { service: 'lambda', operation: 'Invoke', input, caller };
  }
  const [, , , region, account, name] = endpoint.split(':');
  const input = {
    QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    MessageBody: raw ? publication.message : JSON.stringify(notification),
    ...(raw && { MessageAttributes: publication.messageAttributes }),
  };
  return { service: 'sqs', operation: 'SendMessage', input, caller };
}

/** Signature and certificate are there in form only: nobody can verify them. */
function envelope(world: World, { arn }: Subscription, publication: Publication): Record<string, unknown> {
  const { messageId, topicArn, subject, message, messageAttributes } = publication;
  const host = `https://sns.${world.region}.amazonaws.com`;
  return {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: new Date(publication.atMs).toISOString(),
    SignatureVersion: '1',
    Signature: 'local',
    SigningCertURL: `${host}/SimpleNotificationService-local.pem`,
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(Object.keys(messageAttributes).length > 0 && { MessageAttributes: typed(messageAttributes) }),
  };
}

const typed = (attributes: MessageAttributes): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? base64(BinaryValue ?? '') },
    ]),
  );

const base64 = (value: Uint8Array | string): string =>
  typeof value === 'string' ? value : Buffer.from(value).toString('base64');
