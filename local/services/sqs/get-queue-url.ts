import type { Operation } from '../../service.ts';
import type { Sqs } from './sqs.ts';

export const getQueueUrl =
  (sqs: Sqs): Operation =>
  (input: { QueueName: string }) => ({ QueueUrl: sqs.queue(input.QueueName).url });
