import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Sqs } from './sqs.ts';

/** A queue can be purged once in so long. Source: API reference, PurgeQueue. */
const PAUSE_MS = 60_000;

export const purgeQueue = (sqs: Sqs, world: World): Operation => {
  const purgedMs = new Map<string, number>();
  return ({ QueueUrl }: { QueueUrl: string }) => {
    const queue = sqs.queue(QueueUrl);
    const nowMs = world.clock.now();
    if (nowMs < (purgedMs.get(queue.name) ?? Number.NEGATIVE_INFINITY) + PAUSE_MS) {
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
        403,
      );
    }
    purgedMs.set(queue.name, nowMs);
    queue.purge();
    return {};
  };
};
