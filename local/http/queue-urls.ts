import { headerOf, type RequestHead } from './message.ts';

/**
 * An answer of SQS whose queues stand where its client asked: SDKs send the next
 * request to wherever a queue's URL points, and that must not be AWS. A queue is
 * known by the end of its URL, so both forms name the same.
 */
export const withLocalQueueUrls = (output: unknown, head: RequestHead): unknown => {
  const host = headerOf(head, 'host');
  if (host === undefined || typeof output !== 'object' || output === null) return output;
  const local = (url: string): string => url.replace(/^https:\/\/[^/]+/, `http://${host}`);
  const { QueueUrl: one, QueueUrls: many } = output as { QueueUrl?: string; QueueUrls?: string[] };
  return {
    ...output,
    ...(one !== undefined && { QueueUrl: local(one) }),
    ...(many !== undefined && { QueueUrls: many.map(local) }),
  };
};
