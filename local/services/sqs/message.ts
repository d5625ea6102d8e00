import { createHash } from 'node:crypto';
import type { Timer } from '../../clock/clock.ts';

/** Topics hand theirs on to queues in the same form. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Bytes, or base64 text as the JSON protocol carries them. */
  readonly BinaryValue?: Uint8Array | string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message in a queue. Times are epoch milliseconds. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  readonly sentMs: number;
  /** The queue it came from, if it was moved here as dead. */
  readonly deadLetterSourceArn?: string;
  /** In all queues, as SQS counts it. */
  receiveCount: number;
  /** In this queue: what a redrive policy looks at. */
  receivesHere: number;
  firstReceivedMs?: number;
  visibleMs: number;
  receiptHandle?: string;
  timer?: Timer;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** SQS's digest over message attributes: sorted names, each part with its length before it. */
export const md5OfAttributes = (attributes: MessageAttributes): string | undefined => {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    const isBinary = DataType.startsWith('Binary');
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    add(isBinary ? bytesOf(BinaryValue ?? '') : Buffer.from(StringValue ?? ''));
  }
  return hash.digest('hex');
};

const bytesOf = (value: Uint8Array | string): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value, 'base64') : value;

/** What SQS itself knows of a message, under its own names; all are texts. */
export const systemAttributes = (message: Message): Record<string, string> => ({
  SenderId: message.senderId,
  SentTimestamp: String(message.sentMs),
  ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs),
  ...(message.deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
});
