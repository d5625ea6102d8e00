import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { type MessageAttributes, md5, md5OfAttributes } from './message.ts';
import type { Sqs } from './sqs.ts';

interface SendMessageInput {
  QueueUrl: string;
  MessageBody: string;
  DelaySeconds?: number;
  MessageAttributes?: MessageAttributes;
}

const MOST_BYTES = 1_048_576;

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
    if (Buffer.byteLength(body) > MOST_BYTES) {
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${MOST_BYTES} bytes.`,
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
