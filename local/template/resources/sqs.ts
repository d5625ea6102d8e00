import { checkAttributes } from '../../services/sqs/queue-attributes.ts';
import { TemplateError } from '../intrinsics.ts';
import { generatedName } from '../names.ts';
import type { Properties, ResourceType } from '../resource-type.ts';
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

  build(world, { attributes, properties, path }, stack) {
    const keyArn = ownKeyArn(stack, properties.KmsMasterKeyId);
    if (keyArn !== undefined) world.iam.encrypt(attributes!.Arn!, keyArn);
    const given = attributeNames
      .filter((name) => properties[name] !== undefined)
      .map((name) => [name, textOf(properties[name])] as const);
    const asked = Object.fromEntries(given);
    const { ContentBasedDeduplication, FifoQueue, MaximumMessageSize, ...settings } = asked;
    checkAttributes(settings);
    if (properties.RedrivePolicy !== undefined) checkRedrive(properties.RedrivePolicy, path);
    world.sqs.createQueue(attributes!.QueueName!, asked);
  },
};

/** SQS's own words; whether the dead-letter queue is there is seen when a message goes to it. */
const checkRedrive = (policy: Properties | string, path: string): void => {
  const { deadLetterTargetArn, maxReceiveCount } = typeof policy === 'string' ? JSON.parse(policy) : policy;
  const refuse = (reason: string): never => {
    const value = typeof policy === 'string' ? policy : JSON.stringify(policy);
    throw new TemplateError(path, `Value ${value} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  };
  for (const [name, given] of Object.entries({ deadLetterTargetArn, maxReceiveCount })) {
    if (given === undefined) refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const count = Number(maxReceiveCount);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return;
  refuse(
    `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
  );
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
