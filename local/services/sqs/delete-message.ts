import type { Operation } from '../../service.ts';
import type { Sqs } from './sqs.ts';

export const deleteMessage =
  (sqs: Sqs): Operation =>
  (input: { QueueUrl: string; ReceiptHandle: string }) => {
    sqs.queue(input.QueueUrl).delete(input.ReceiptHandle);
    return {};
  };
