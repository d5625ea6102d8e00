import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { inBatch } from './batch.ts';
import { bytesOfMessage, MOST_BYTES, type SendMessageInput, sendMessage } from './send-message.ts';
import type { Sqs } from './sqs.ts';

interface SendMessageBatchInput {
  QueueUrl: string;
  Entries: (Omit<SendMessageInput, 'QueueUrl'> & { Id: string })[];
}

export const sendMessageBatch = (sqs: Sqs): Operation => {
  const send = sendMessage(sqs);
  return ({ QueueUrl, Entries }: SendMessageBatchInput, caller) => {
    sqs.queue(QueueUrl);
    const bytes = Entries.reduce((sum, entry) => sum + bytesOfMessage(entry), 0);
    if (bytes > MOST_BYTES) {
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${MOST_BYTES} bytes. You have sent ${bytes} bytes.`,
      );
    }
    return inBatch(
      Entries,
      'SendMessageBatchRequestEntry',
      ({ Id: _id, ...entry }) => send({ QueueUrl, ...entry }, caller) as object,
    );
  };
};
