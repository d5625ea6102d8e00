import { notModelled, validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import type { EventBridge } from './events.ts';
import { compilePattern } from './pattern/pattern.ts';
import { refuseOtherBus } from './rule.ts';

interface PutRuleInput {
  Name: string;
  EventBusName?: string;
  EventPattern?: string;
  ScheduleExpression?: string;
  State?: string;
  Description?: string;
  RoleArn?: string;
}

/** Creates a rule or changes it; its targets stay. */
export const putRule =
  (events: EventBridge, world: World): Operation =>
  (input: PutRuleInput): { RuleArn: string } => {
    refuseOtherBus(input.EventBusName);
    if (input.ScheduleExpression !== undefined) throw notModelled('A scheduled rule');
    if (input.EventPattern === undefined) {
      throw validationError('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    const arn = `arn:aws:events:${world.region}:${world.accountId}:rule/${input.Name}`;
    events.rules.set(input.Name, {
      name: input.Name,
      arn,
      description: input.Description,
      roleArn: input.RoleArn,
      eventPattern: input.EventPattern,
      matches: compilePattern(input.EventPattern),
      state: input.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
      targets: events.rules.get(input.Name)?.targets ?? new Map(),
    });
    return { RuleArn: arn };
  };
