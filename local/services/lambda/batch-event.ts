import type { MessageAttributes } from '../sqs/message.ts';
import type { Answer } from './invocation.ts';

/** A message as ReceiveMessage answers it. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes?: MessageAttributes;
}

/**
 * The event a function gets for a batch of messages.
 *
 * Source: Lambda developer guide, "Using Lambda with Amazon SQS".
 */
export const batchEvent = (messages: ReceivedMessage[], queueArn: string, region: string) => ({
  Records: messages.map((message) => ({
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: lowerCased(message.MessageAttributes ?? {}),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  })),
});

/** Ids of the messages that must come back: those the function named, or all if it failed or named them badly. */
export const failedIds = (
  { payload, isError }: Answer,
  messages: ReceivedMessage[],
  reportsItems: boolean,
): Set<string> => {
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  if (isError) return all;
  if (!reportsItems) return new Set();
  const answer = JSON.parse(payload) as { batchItemFailures?: { itemIdentifier?: unknown }[] | null } | null;
  const failures = typeof answer === 'object' ? (answer?.batchItemFailures ?? []) : [];
  if (!Array.isArray(failures)) return all;
  const named = failures.map((failure) => failure?.itemIdentifier);
  // An empty or unknown id is a mistake of the function, and Lambda then trusts none of it.
  return named.every((id) => typeof id === 'string' && all.has(id)) ? new Set(named as string[]) : all;
};

const lowerCased = (attributes: MessageAttributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: asBase64(BinaryValue) }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );

const asBase64 = (value: Uint8Array | string): string =>
  typeof value === 'string' ? value : Buffer.from(value).toString('base64');
