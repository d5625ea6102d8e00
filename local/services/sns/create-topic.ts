import { notModelled } from '../../aws-error.ts';
import type { World } from '../../world.ts';
import { defaultPolicy } from './default-policy.ts';
import type { Sns } from './sns.ts';
import { invalid } from './topic.ts';

interface CreateTopicInput {
  readonly Name: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}

/** Creating what is there answers with its ARN. @throws AwsError InvalidParameter */
export function createTopic(
  sns: Sns,
  world: World,
  { Name, Attributes = {} }: CreateTopicInput,
): { TopicArn: string } {
  if (Attributes.FifoTopic === 'true') throw notModelled('A FIFO topic');
  checkTopicName(Name);
  const unmodelled = Object.keys(Attributes).find((name) => name !== 'DisplayName');
  if (unmodelled !== undefined) throw notModelled(`The topic attribute ${unmodelled}`);
  const before = sns.topics.size;
  const { arn } = sns.createTopic(Name);
  if (sns.topics.size > before) world.iam.setResourcePolicy(arn, defaultPolicy(arn, world.accountId));
  return { TopicArn: arn };
}

/** @throws AwsError InvalidParameter */
export function checkTopicName(name: string): void {
  if (!/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name');
}
