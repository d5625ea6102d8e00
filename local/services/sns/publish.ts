import { notModelled } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { MessageAttributes } from '../sqs/message.ts';
import { deliver } from './deliver.ts';
import type { Publication, Sns } from './sns.ts';
import { checkArn, invalid, noSuchTopic } from './topic.ts';

interface PublishInput {
  TopicArn?: string;
  TargetArn?: string;
  PhoneNumber?: string;
  Subject?: string;
  /** Text; what a state machine passes as JSON is sent as JSON text. */
  Message: unknown;
  MessageAttributes?: MessageAttributes;
  MessageStructure?: string;
}

const MOST_BYTES = 262_144;

export const publish = (sns: Sns, world: World): Operation => {
  const ids = world.random.stream('sns/message-ids');
  return (input: PublishInput): { MessageId: string } => {
    const topicArn = input.TopicArn ?? input.TargetArn;
    if (topicArn === undefined)
      throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    checkArn(input.TopicArn === undefined ? 'TargetArn' : 'TopicArn', topicArn);
    const topic = sns.topics.get(topicArn);
    if (topic === undefined) throw noSuchTopic();
    if (input.MessageStructure !== undefined) throw notModelled('MessageStructure');

    const message = typeof input.Message === 'string' ? input.Message : JSON.stringify(input.Message);
    if (message === '') throw invalid('Empty message');
    if (Buffer.byteLength(message) > MOST_BYTES) throw invalid('Message too long');
    checkSubject(input.Subject);

    const messageId = ids.uuid();
    const publication: Publication = {
      topicArn,
      messageId,
      ...(input.Subject !== undefined && { subject: input.Subject }),
      message,
      messageAttributes: input.MessageAttributes ?? {},
      atMs: world.clock.now(),
    };
    sns.published.push(publication);
    sns.journal(topic, `published "${input.Subject ?? message.slice(0, 80)}"`);
    for (const subscription of topic.subscriptions) void deliver(world, subscription, publication);
    return { MessageId: messageId };
  };
};

/** Subjects become mail headers: up to 100 printable ASCII characters on one line, not beginning with a space. */
const checkSubject = (subject: string | undefined): void => {
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(subject)) throw invalid('Subject');
};
