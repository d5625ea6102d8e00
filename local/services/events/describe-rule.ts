import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { EventBridge } from './events.ts';
import type { Rule } from './rule.ts';

export const describeRule =
  (events: EventBridge, world: World): Operation =>
  (input: { Name: string; EventBusName?: string }) => {
    const rule = events.rule(input.Name, input.EventBusName);
    return { ...description(rule), CreatedBy: world.accountId };
  };

/** A rule as DescribeRule and ListRules show it. */
export const description = (rule: Rule) => ({
  Name: rule.name,
  Arn: rule.arn,
  ...(rule.eventPattern !== undefined && { EventPattern: rule.eventPattern }),
  ...(rule.scheduleExpression !== undefined && { ScheduleExpression: rule.scheduleExpression }),
  State: rule.state,
  ...(rule.description !== undefined && { Description: rule.description }),
  ...(rule.roleArn !== undefined && { RoleArn: rule.roleArn }),
  EventBusName: rule.busName,
});
