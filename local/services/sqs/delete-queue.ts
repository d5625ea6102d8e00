import type { Operation } from '../../service.ts';
import type { Sqs } from './sqs.ts';

/** At AWS a queue may answer for up to a minute after it was deleted; here it is gone at once. */
export const deleteQueue =
  (sqs: Sqs): Operation =>
  (input: { QueueUrl: string }) => {
    sqs.deleteQueue(input.QueueUrl);
    return {};
  };
