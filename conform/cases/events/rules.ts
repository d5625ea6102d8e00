import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import type { Aws } from '../../aws.ts';

/** A rule for events that carry this case's own prefix. */
export const makeRule = async (
  aws: Aws,
  target: { arn: string; roleArn?: string },
  pattern: object = { source: ['signalbox.conform'], detail: { prefix: [aws.prefix] } },
): Promise<string> => {
  const events = aws.client(EventBridgeClient);
  const Name = aws.name('rule');
  const { RuleArn } = await events.send(
    new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern), Tags: aws.tags }),
  );
  aws.later(`rule ${Name}`, () => events.send(new DeleteRuleCommand({ Name })));
  await events.send(
    new PutTargetsCommand({
      Rule: Name,
      Targets: [{ Id: '1', Arn: target.arn, ...(target.roleArn && { RoleArn: target.roleArn }) }],
    }),
  );
  aws.later(`target of rule ${Name}`, () =>
    events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['1'] })),
  );
  return RuleArn!;
};

/** What the case's rule will be called, for policies that are written before it. */
export const ruleArn = (aws: Aws): string =>
  `arn:aws:events:${aws.region}:${aws.accountId}:rule/${aws.name('rule')}`;
