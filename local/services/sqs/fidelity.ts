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
    {
      behaviour:
        'An empty or missing body, a dead-letter queue that is not there, a policy that is none: codes and texts',
      source: 'recorded; reported: hashicorp/terraform-provider-aws#42209, serverless/serverless#5215',
      standing: 'as AWS',
    },
    {
      behaviour: 'The text for a redrive policy that is no JSON',
      source: 'no source',
      standing: 'ours',
    },
    {
      behaviour: 'A queue is found by its name or ARN in place of its URL, too',
      source: 'convenience within the world',
      standing: 'ours',
    },
  ],
};
