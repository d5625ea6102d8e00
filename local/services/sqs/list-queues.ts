import type { Operation } from '../../service.ts';
import type { Sqs } from './sqs.ts';

interface ListQueuesInput {
  QueueNamePrefix?: string;
}

/** All of them on one page: a world has few. */
export const listQueues =
  (sqs: Sqs): Operation =>
  ({ QueueNamePrefix: prefix = '' }: ListQueuesInput) => {
    const urls = sqs
      .names()
      .filter((name) => name.startsWith(prefix))
      .map((name) => sqs.queue(name).url);
    return urls.length === 0 ? {} : { QueueUrls: urls };
  };
