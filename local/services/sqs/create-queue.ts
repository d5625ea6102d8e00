import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { checkAttributes, type QueueAttributes } from './queue-attributes.ts';
import type { Sqs } from './sqs.ts';

interface CreateQueueInput {
  QueueName: string;
  Attributes?: Readonly<Record<string, string>> & QueueAttributes;
}

/** A queue may be made again with the same attributes, and its name again a minute after it went. */
export const createQueue =
  (sqs: Sqs, world: World): Operation =>
  ({ QueueName: name, Attributes: attributes = {} }: CreateQueueInput) => {
    checkQueueName(name);
    checkAttributes(attributes);
    const existing = sqs.existing(name);
    if (existing !== undefined) {
      const other = Object.entries(attributes).find(([key, value]) => existing.asked[key] !== value);
      if (other === undefined) return { QueueUrl: existing.queue.url };
      throw new AwsError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${other[0]}`,
      );
    }
    const { arn, url } = sqs.createQueue(name, attributes);
    if (attributes.Policy) world.iam.setResourcePolicy(arn, JSON.parse(attributes.Policy));
    return { QueueUrl: url };
  };

/** @throws AwsError InvalidParameterValue */
export const checkQueueName = (name: string): void => {
  if (/^[\w-]{1,80}(\.fifo)?$/.test(name)) return;
  throw new AwsError(
    'InvalidParameterValue',
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  );
};
