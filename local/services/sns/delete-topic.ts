import type { Sns } from './sns.ts';
import { checkArn } from './topic.ts';

/** Its subscriptions go with it; deleting what is not there is no error. */
export function deleteTopic(sns: Sns, { TopicArn }: { readonly TopicArn: string }): Record<string, never> {
  checkArn('TopicArn', TopicArn);
  sns.topics.delete(TopicArn);
  return {};
}
