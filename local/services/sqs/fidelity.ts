import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'SQS',
  behaviours: [
    {
      behaviour:
        'A queue may be made again with the same attributes, not with others; its name is free again a minute after it was deleted',
      source: 'guide: CreateQueue',
      standing: 'as AWS',
    },
    {
      behaviour: 'A deleted queue is gone at once, where AWS may answer for it up to a minute longer',
      source: 'guide: DeleteQueue',
      standing: 'ours',
    },
    {
      behaviour: 'Visibility, receive count, dead-letter queue',
      source: 'guide: Visibility timeout',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Batches work on each entry for itself; delay, long polling, visibility changes, purging once a minute, 1 MiB for a message or a batch with its attributes',
      source: 'API reference: SendMessage, SendMessageBatch, ChangeMessageVisibility, PurgeQueue',
      standing: 'as AWS',
    },
    {
      behaviour: 'A queue’s changed attributes hold, and a deleted queue is gone, at once',
      source: 'AWS takes up to a minute',
      standing: 'ours',
    },
    {
      behaviour: 'FIFO queues are refused',
      source: 'guide: FIFO queues',
      standing: 'not modelled',
    },
  ],
};
