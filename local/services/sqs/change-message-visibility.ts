import type { Operation } from '../../service.ts';
import { inBatch } from './batch.ts';
import type { Sqs } from './sqs.ts';

interface Change {
  ReceiptHandle: string;
  VisibilityTimeout: number;
}

/** Hides a message that is in flight for so long from now on; 0 brings it back at once. */
export const changeMessageVisibility =
  (sqs: Sqs): Operation =>
  ({ QueueUrl, ReceiptHandle, VisibilityTimeout }: Change & { QueueUrl: string }) => {
    sqs.queue(QueueUrl).hide(ReceiptHandle, VisibilityTimeout);
    return {};
  };

export const changeMessageVisibilityBatch =
  (sqs: Sqs): Operation =>
  ({
    QueueUrl,
    Entries,
  }: {
    QueueUrl: string;
    Entries: (Partial<Change> & { Id: string; ReceiptHandle: string })[];
  }) => {
    const queue = sqs.queue(QueueUrl);
    return inBatch(Entries, 'ChangeMessageVisibilityBatchRequestEntry', (entry) => {
      queue.hide(entry.ReceiptHandle, entry.VisibilityTimeout ?? queue.visibilitySeconds);
      return {};
    });
  };
