import { notModelled } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { Sns } from './sns.ts';
import { checkArn, invalid, noSuchTopic, type Subscription } from './topic.ts';

export interface SubscribeInput {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly ReturnSubscriptionArn?: boolean;
}

/** To people: their messages are kept to be read, nothing leaves this machine. */
const TO_PEOPLE = ['email', 'email-json', 'sms'];

/**
 * Subscribes a queue or a function, or a person, who need not confirm here.
 *
 * @throws AwsError InvalidParameter, NotFound
 * Source of the texts: answers of SNS recorded in public by LocalStack's parity tests.
 */
export function subscribe(sns: Sns, ids: Random, input: SubscribeInput): { SubscriptionArn: string } {
  const { TopicArn, Protocol: protocol, Endpoint: endpoint = '', Attributes = {} } = input;
  checkArn('TopicArn', TopicArn);
  checkEndpoint(protocol, endpoint);
  const raw = rawDelivery(Attributes);
  const topic = sns.topics.get(TopicArn);
  if (topic === undefined) throw noSuchTopic();

  const known = topic.subscriptions.find(
    (other) => other.protocol === protocol && other.endpoint === endpoint,
  );
  if (known !== undefined) {
    if (raw !== undefined && raw !== known.raw) {
      throw invalid('Attributes Reason: Subscription already exists with different attributes');
    }
    return { SubscriptionArn: known.arn };
  }
  const subscription: Subscription = {
    arn: `${TopicArn}:${ids.uuid()}`,
    topicArn: TopicArn,
    protocol,
    endpoint,
    raw: raw ?? false,
  };
  topic.subscriptions.push(subscription);
  sns.journal(topic, `${protocol} ${endpoint} subscribed`);
  const waits = protocol.startsWith('email') && !input.ReturnSubscriptionArn;
  return { SubscriptionArn: waits ? 'pending confirmation' : subscription.arn };
}

function checkEndpoint(protocol: string, endpoint: string): void {
  if (TO_PEOPLE.includes(protocol)) {
    if (endpoint === '') throw invalid('Endpoint');
    return;
  }
  switch (protocol) {
    case 'sqs':
      if (!endpoint.startsWith('arn:aws:sqs:')) throw invalid('SQS endpoint ARN');
      return;
    case 'lambda':
      if (!endpoint.startsWith('arn:aws:lambda:')) throw invalid('Lambda endpoint ARN');
      return;
    case 'http':
    case 'https':
    case 'firehose':
    case 'application':
      throw notModelled(`A subscription by ${protocol}`);
    default:
      throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
}

function rawDelivery(attributes: Readonly<Record<string, string>>): boolean | undefined {
  const unmodelled = Object.keys(attributes).find((name) => name !== 'RawMessageDelivery');
  if (unmodelled !== undefined) throw notModelled(`The subscription attribute ${unmodelled}`);
  const raw = attributes.RawMessageDelivery;
  return raw === undefined ? undefined : raw === 'true';
}
