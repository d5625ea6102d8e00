import type { Sns } from './sns.ts';

/** AWS gives out a hundred at a time. */
const PER_PAGE = 100;

export function listTopics(sns: Sns, { NextToken }: { readonly NextToken?: string }) {
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64').toString());
  const arns = [...sns.topics.keys()];
  const to = from + PER_PAGE;
  return {
    Topics: arns.slice(from, to).map((TopicArn) => ({ TopicArn })),
    ...(to < arns.length && { NextToken: Buffer.from(String(to)).toString('base64') }),
  };
}
