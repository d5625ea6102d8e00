import { checkTopicName } from '../../services/sns/create-topic.ts';
import { defaultPolicy } from '../../services/sns/default-policy.ts';
import { generatedId, generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';
import { ownKeyArn } from './records.ts';

const topic: ResourceType = {
  properties:
    'ArchivePolicy ContentBasedDeduplication DataProtectionPolicy DeliveryStatusLogging DisplayName FifoThroughputScope FifoTopic KmsMasterKeyId SignatureVersion Subscription Tags TopicName TracingConfig',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.TopicName ?? generatedName(stack, logicalId, 256);
    const arn = `arn:aws:sns:${stack.region}:${stack.accountId}:${name}`;
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },

  build(world, { ref, attributes, properties }, stack) {
    const { accountId } = stack;
    const keyArn = ownKeyArn(stack, properties.KmsMasterKeyId);
    if (keyArn !== undefined) world.iam.encrypt(ref, keyArn);
    if (String(properties.FifoTopic) !== 'true') checkTopicName(attributes!.TopicName!);
    world.sns.createTopic(attributes!.TopicName!);
    world.iam.setResourcePolicy(ref, defaultPolicy(ref, accountId));
  },
};

const topicPolicy: ResourceType = {
  properties: 'PolicyDocument Topics',
  identify: ({ logicalId }) => ({ ref: logicalId }),
  build(world, { properties }) {
    for (const arn of properties.Topics as string[])
      world.iam.setResourcePolicy(arn, properties.PolicyDocument);
  },
};

/** Queues and functions get what is published; what people would get stands in `world.sns.published`. */
const subscription: ResourceType = {
  properties:
    'DeliveryPolicy Endpoint FilterPolicy FilterPolicyScope Protocol RawMessageDelivery RedrivePolicy Region ReplayPolicy SubscriptionRoleArn TopicArn',
  identify: ({ logicalId, properties }, stack) => ({
    ref: `${properties.TopicArn}:${generatedId(stack, logicalId)}`,
  }),
  async build(world, { properties }) {
    const { TopicArn, Protocol, Endpoint, Region: _region, ...attributes } = properties;
    await world.door.call({
      service: 'sns',
      operation: 'Subscribe',
      input: { TopicArn, Protocol, Endpoint, Attributes: asTexts(attributes) },
      caller: world.person,
    });
  },
};

/** `Subscribe` takes its attributes as texts, objects among them as JSON. */
const asTexts = (attributes: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );

export const snsTypes = {
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SNS::Subscription': subscription,
};
