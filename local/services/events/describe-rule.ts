import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { EventBridge } from './events.ts';
import { DEFAULT_BUS, noSuchRule, type Rule, refuseOtherBus } from './rule.ts';

export const describeRule =
  (events: EventBridge, world: World): Operation =>
  (input: { Name: string; EventBusName?: string }) => {
    refuseOtherBus(input.EventBusName);
    const rule = events.rules.get(input.Name);
    if (rule === undefined) throw noSuchRule(input.Name);
    return { ...description(rule), CreatedBy: world.accountId };
  };

/** A rule as DescribeRule and ListRules show it. */
export const description = (rule: Rule) => ({
  Name: rule.name,
  Arn: rule.arn,
  EventPattern: rule.eventPattern,
  State: rule.state,
  ...(rule.description !== undefined && { Description: rule.description }),
  ...(rule.roleArn !== undefined && { RoleArn: rule.roleArn }),
  EventBusName: DEFAULT_BUS,
});
