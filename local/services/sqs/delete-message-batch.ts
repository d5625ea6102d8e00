import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { Sqs } from './sqs.ts';

interface DeleteMessageBatchInput {
  QueueUrl: string;
  Entries: { Id: string; ReceiptHandle: string }[];
}

/** Each entry succeeds or fails for itself. */
export const deleteMessageBatch =
  (sqs: Sqs): Operation =>
  ({ QueueUrl, Entries }: DeleteMessageBatchInput) => {
    const queue = sqs.queue(QueueUrl);
    check(Entries);
    const Successful: { Id: string }[] = [];
    const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
    for (const { Id, ReceiptHandle } of Entries) {
      try {
        queue.delete(ReceiptHandle);
        Successful.push({ Id });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return { Successful, Failed };
  };

const check = (entries: DeleteMessageBatchInput['Entries']): void => {
  if (entries.length === 0) {
    throw new AwsError(
      'EmptyBatchRequest',
      'There should be at least one DeleteMessageBatchRequestEntry in the request.',
    );
  }
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (seen.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
};
