import { TemplateError } from '../intrinsics.ts';
import { generatedId, generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const topic: ResourceType = {
  properties:
    'ArchivePolicy ContentBasedDeduplication DataProtectionPolicy DeliveryStatusLogging DisplayName FifoThroughputScope FifoTopic KmsMasterKeyId SignatureVersion Subscription Tags TopicName TracingConfig',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.TopicName ?? generatedName(stack, logicalId, 256);
    const arn = `arn:aws:sns:${stack.region}:${stack.accountId}:${name}`;
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },

  build(world, { ref, attributes }, { accountId }) {
    world.sns.createTopic(attributes!.TopicName!);
    // The policy that SNS gives to a new topic: services that act for the owner, such as alarms, may publish.
    world.iam.setResourcePolicy(ref, {
      Statement: [
        {
          Sid: '__default_statement_ID',
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:GetTopicAttributes'],
          Resource: ref,
          Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
        },
      ],
    });
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

/** People read mail elsewhere; what was published stands in `world.sns.published`. */
const subscription: ResourceType = {
  properties:
    'DeliveryPolicy Endpoint FilterPolicy FilterPolicyScope Protocol RawMessageDelivery RedrivePolicy Region ReplayPolicy SubscriptionRoleArn TopicArn',
  identify: ({ logicalId, properties }, stack) => ({
    ref: `${properties.TopicArn}:${generatedId(stack, logicalId)}`,
  }),
  build(_world, { properties, path }) {
    if (!['email', 'email-json', 'sms', 'http', 'https'].includes(properties.Protocol)) {
      throw new TemplateError(
        path,
        `subscriptions by ${properties.Protocol} are not modelled (docs/fidelity.md).`,
      );
    }
  },
};

export const snsTypes = {
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SNS::Subscription': subscription,
};
