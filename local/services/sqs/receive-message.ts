import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { type Message, type MessageAttributes, md5, md5OfAttributes, systemAttributes } from './message.ts';
import type { Queue } from './queue.ts';
import type { Sqs } from './sqs.ts';

interface ReceiveMessageInput {
  QueueUrl: string;
  MaxNumberOfMessages?: number;
  VisibilityTimeout?: number;
  WaitTimeSeconds?: number;
  AttributeNames?: string[];
  MessageSystemAttributeNames?: string[];
  MessageAttributeNames?: string[];
}

export const receiveMessage =
  (sqs: Sqs, world: World): Operation =>
  async (input: ReceiveMessageInput) => {
    const queue = sqs.queue(input.QueueUrl);
    const most = input.MaxNumberOfMessages ?? 1;
    if (most < 1 || most > 10) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
      );
    }
    let messages = sqs.receive(queue, most, input.VisibilityTimeout);
    const waitSeconds = input.WaitTimeSeconds ?? queue.waitSeconds;
    if (messages.length === 0 && waitSeconds > 0) {
      await nextMessage(world, queue, waitSeconds);
      messages = sqs.receive(queue, most, input.VisibilityTimeout);
    }
    return messages.length === 0 ? {} : { Messages: messages.map((message) => rendered(message, input)) };
  };

/** A waiting poller is no reason for the world to go on, so its timer stays in the background. */
const nextMessage = (world: World, queue: Queue, waitSeconds: number): Promise<void> =>
  new Promise((resolve) => {
    const stop = queue.listen(() => end());
    const timer = world.clock.at(world.clock.now() + waitSeconds * 1000, () => end(), { background: true });
    const end = (): void => {
      stop();
      timer.cancel();
      resolve();
    };
  });

const rendered = (message: Message, input: ReceiveMessageInput) => {
  const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const attributes = Object.entries(systemAttributes(message)).filter(([name]) => asked(system, name));
  const own: MessageAttributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => asked(input.MessageAttributeNames ?? [], name)),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(attributes.length > 0 && { Attributes: Object.fromEntries(attributes) }),
    ...(Object.keys(own).length > 0 && {
      MessageAttributes: own,
      MD5OfMessageAttributes: md5OfAttributes(own),
    }),
  };
};

/** `All`, `.*`, the name itself, or `prefix.*`. */
const asked = (names: string[], name: string): boolean =>
  names.some(
    (wanted) =>
      wanted === 'All' || wanted === name || (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
  );
