import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { type MessageAttributes, md5, md5OfAttributes } from './message.ts';
import type { Sqs } from './sqs.ts';

export interface SendMessageInput {
  QueueUrl: string;
  MessageBody: string;
  DelaySeconds?: number;
  MessageAttributes?: MessageAttributes;
}

/** AWS's limit for a message and for a batch, attributes included. */
export const MOST_BYTES = 1_048_576;

const LONGEST_DELAY_SECONDS = 900;

/** XML 1.0's characters, which SQS allows. */
const NOT_ALLOWED = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

export const sendMessage =
  (sqs: Sqs): Operation =>
  (input: SendMessageInput, caller) => {
    const queue = sqs.queue(input.QueueUrl);
    const body = input.MessageBody;
    if (body === '') {
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
    }
    if (NOT_ALLOWED.test(body)) {
      throw new AwsError(
        'InvalidMessageContents',
        'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
      );
    }
    if (bytesOfMessage(input) > MOST_BYTES) {
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${MOST_BYTES} bytes.`,
      );
    }
    const { DelaySeconds: delay = 0 } = input;
    if (delay < 0 || delay > LONGEST_DELAY_SECONDS) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_SECONDS}.`,
      );
    }
    const message = queue.send({
      body,
      attributes: input.MessageAttributes,
      senderId: caller.arn,
      delaySeconds: input.DelaySeconds,
    });
    const attributesDigest = md5OfAttributes(message.attributes);
    return {
      MessageId: message.id,
      MD5OfMessageBody: md5(body),
      ...(attributesDigest !== undefined && { MD5OfMessageAttributes: attributesDigest }),
    };
  };

/** Names, types and values of attributes count too. */
export const bytesOfMessage = ({
  MessageBody,
  MessageAttributes = {},
}: Pick<SendMessageInput, 'MessageBody' | 'MessageAttributes'>): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum +
      Buffer.byteLength(name + DataType + StringValue) +
      (typeof BinaryValue === 'string' ? Buffer.byteLength(BinaryValue, 'base64') : BinaryValue.length),
    Buffer.byteLength(MessageBody),
  );
