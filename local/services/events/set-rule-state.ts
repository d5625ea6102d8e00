import type { Operation } from '../../service.ts';
import type { EventBridge } from './events.ts';
import type { Rule } from './rule.ts';

/** `EnableRule` and `DisableRule`: a rule that is off hears nothing, and nothing is kept for it. */
export const setRuleState =
  (events: EventBridge, state: Rule['state']): Operation =>
  (input: { Name: string; EventBusName?: string }) => {
    events.keepRule({ ...events.rule(input.Name, input.EventBusName), state });
    return {};
  };
