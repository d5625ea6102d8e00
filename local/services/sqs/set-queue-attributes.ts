import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { checkAttributes } from './queue-attributes.ts';
import type { Sqs } from './sqs.ts';

/** At AWS a change may take a minute to be everywhere; here it holds at once. */
export const setQueueAttributes =
  (sqs: Sqs, world: World): Operation =>
  ({ QueueUrl, Attributes }: { QueueUrl: string; Attributes: Readonly<Record<string, string>> }) => {
    const queue = sqs.queue(QueueUrl);
    checkAttributes(Attributes);
    sqs.setAttributes(queue, Attributes);
    if (Attributes.Policy) world.iam.setResourcePolicy(queue.arn, JSON.parse(Attributes.Policy));
    return {};
  };
