import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Sqs } from './sqs.ts';

interface GetQueueAttributesInput {
  QueueUrl: string;
  AttributeNames?: string[];
}

/** All attributes are texts, counts included. */
export const getQueueAttributes =
  (sqs: Sqs, world: World): Operation =>
  (input: GetQueueAttributesInput) => {
    const queue = sqs.queue(input.QueueUrl);
    const nowMs = world.clock.now();
    const messages = queue.all();
    const hidden = messages.filter(({ visibleMs }) => visibleMs > nowMs);
    const inFlight = hidden.filter(({ receiptHandle }) => receiptHandle !== undefined);
    const attributes: Record<string, string> = {
      QueueArn: queue.arn,
      VisibilityTimeout: String(queue.visibilitySeconds),
      DelaySeconds: String(queue.delaySeconds),
      MessageRetentionPeriod: String(queue.retentionSeconds),
      ReceiveMessageWaitTimeSeconds: String(queue.waitSeconds),
      ApproximateNumberOfMessages: String(messages.length - hidden.length),
      ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
      ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight.length),
      ...(queue.redrive && { RedrivePolicy: JSON.stringify(queue.redrive) }),
    };
    const names = input.AttributeNames ?? [];
    const asked = Object.entries(attributes).filter(
      ([name]) => names.includes('All') || names.includes(name),
    );
    return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
  };
