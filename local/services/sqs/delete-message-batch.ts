import type { Operation } from '../../service.ts';
import { inBatch } from './batch.ts';
import type { Sqs } from './sqs.ts';

interface DeleteMessageBatchInput {
  QueueUrl: string;
  Entries: { Id: string; ReceiptHandle: string }[];
}

export const deleteMessageBatch =
  (sqs: Sqs): Operation =>
  ({ QueueUrl, Entries }: DeleteMessageBatchInput) => {
    const queue = sqs.queue(QueueUrl);
    return inBatch(Entries, 'DeleteMessageBatchRequestEntry', ({ ReceiptHandle }) => {
      queue.delete(ReceiptHandle);
      return {};
    });
  };
