import { AwsError, validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { parseExpression, type Timetable } from '../scheduler/expression/expression.ts';
import { UTC } from '../scheduler/expression/zone.ts';
import { DEFAULT_BUS } from './bus.ts';
import type { EventBridge } from './events.ts';
import { compilePattern } from './pattern/pattern.ts';
import type { Rule } from './rule.ts';

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
  ({ Name: name, EventPattern, ScheduleExpression, ...input }: PutRuleInput): { RuleArn: string } => {
    const bus = events.bus(input.EventBusName);
    if (EventPattern === undefined && ScheduleExpression === undefined) {
      throw validationError('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    const path = bus.name === DEFAULT_BUS ? name : `${bus.name}/${name}`;
    const rule: Rule = {
      name,
      arn: `arn:aws:events:${world.region}:${world.accountId}:rule/${path}`,
      busName: bus.name,
      description: input.Description,
      roleArn: input.RoleArn,
      matches: () => false,
      ...(EventPattern !== undefined && { eventPattern: EventPattern, matches: patternOf(EventPattern) }),
      ...(ScheduleExpression !== undefined && {
        scheduleExpression: ScheduleExpression,
        timetable: timetableOf(ScheduleExpression, bus.name),
      }),
      state: input.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
      targets: bus.rules.get(name)?.targets ?? new Map(),
    };
    events.keepRule(rule);
    return { RuleArn: rule.arn };
  };

const patternOf = (pattern: string): Rule['matches'] => {
  if (pattern.length > LONGEST_PATTERN) {
    throw new AwsError(
      'LimitExceededException',
      `The event pattern has ${pattern.length} characters, which exceeds the maximum of ${LONGEST_PATTERN}.`,
    );
  }
  return compilePattern(pattern);
};

/** Rules have no time zone: UTC. Source of the texts: answers recorded in public by LocalStack's parity tests. */
const timetableOf = (expression: string, bus: string): Timetable => {
  if (bus !== DEFAULT_BUS) {
    throw validationError('ScheduleExpression is supported only on the default event bus.');
  }
  const timetable = parseExpression(expression, 'rule', UTC);
  if (timetable === undefined) throw validationError('Parameter ScheduleExpression is not valid.');
  return timetable;
};
