import { AwsError, notModelled, validationError } from '../../aws-error.ts';
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

/** AWS's quota where nobody has had it raised; the API model allows 4,096. The message's words are ours. */
const LONGEST_PATTERN = 2_048;

/** Creates a rule or changes it; its targets stay. */
export const putRule =
  (events: EventBridge, world: World): Operation =>
  (input: PutRuleInput): { RuleArn: string } => {
    refuseOtherBus(input.EventBusName);
    if (input.ScheduleExpression !== undefined) throw notModelled('A scheduled rule');
    if (input.EventPattern === undefined) {
      throw validationError('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (input.EventPattern.length > LONGEST_PATTERN) {
      throw new AwsError(
        'LimitExceededException',
        `The event pattern has ${input.EventPattern.length} characters, which exceeds the maximum of ${LONGEST_PATTERN}.`,
      );
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
