import type { Operation } from '../../service.ts';
import type { EventBridge } from './events.ts';
import { noSuchRule, type Rule, refuseOtherBus } from './rule.ts';

/** `EnableRule` and `DisableRule`: a rule that is off hears nothing, and nothing is kept for it. */
export const setRuleState =
  (events: EventBridge, state: Rule['state']): Operation =>
  (input: { Name: string; EventBusName?: string }) => {
    refuseOtherBus(input.EventBusName);
    const rule = events.rules.get(input.Name);
    if (rule === undefined) throw noSuchRule(input.Name);
    events.rules.set(input.Name, { ...rule, state });
    return {};
  };
