import { checkQueueName } from '../../services/sqs/create-queue.ts';
import { checkAttributes } from '../../services/sqs/queue-attributes.ts';
import { TemplateError } from '../intrinsics.ts';
import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';
import { ownKeyArn } from './records.ts';

/** `CreateQueue` takes attributes as text; these stand in the template under the same names. */
const attributeNames = [
  'ContentBasedDeduplication',
  'DelaySeconds',
  'FifoQueue',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'VisibilityTimeout',
] as const;

const queue: ResourceType = {
  properties: `${attributeNames.join(' ')} DeduplicationScope FifoThroughputLimit KmsDataKeyReusePeriodSeconds KmsMasterKeyId QueueName RedriveAllowPolicy SqsManagedSseEnabled Tags`,

  identify({ logicalId, properties }, stack) {
    const name: string = properties.QueueName ?? generatedName(stack, logicalId, 80);
    const url = `https://sqs.${stack.region}.amazonaws.com/${stack.accountId}/${name}`;
    return {
      ref: url,
      attributes: {
        Arn: `arn:aws:sqs:${stack.region}:${stack.accountId}:${name}`,
        QueueName: name,
        QueueUrl: url,
      },
    };
  },

  build(world, { attributes, properties }, stack) {
    const keyArn = ownKeyArn(stack, properties.KmsMasterKeyId);
    if (keyArn !== undefined) world.iam.encrypt(attributes!.Arn!, keyArn);
    const given = attributeNames
      .filter((name) => properties[name] !== undefined)
      .map((name) => [name, textOf(properties[name])] as const);
    const asked = Object.fromEntries(given);
    const { ContentBasedDeduplication, FifoQueue, MaximumMessageSize, ...settings } = asked;
    checkQueueName(attributes!.QueueName!);
    checkAttributes(settings);
    world.sqs.createQueue(attributes!.QueueName!, asked);
  },
};

const queuePolicy: ResourceType = {
  properties: 'PolicyDocument Queues',
  identify: ({ logicalId }) => ({ ref: logicalId }),
  build(world, { properties, path }) {
    for (const url of properties.Queues as string[]) {
      const [, region, accountId, name] = /^https:\/\/sqs\.([^.]+)\.[^/]+\/(\d+)\/(.+)$/.exec(url) ?? [];
      if (name === undefined)
        throw new TemplateError(`${path}.Properties.Queues`, `${url} is not a queue's URL.`);
      world.iam.setResourcePolicy(`arn:aws:sqs:${region}:${accountId}:${name}`, properties.PolicyDocument);
    }
  },
};

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

export const sqsTypes = { 'AWS::SQS::Queue': queue, 'AWS::SQS::QueuePolicy': queuePolicy };
