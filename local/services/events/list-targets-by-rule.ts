import type { Operation } from '../../service.ts';
import type { EventBridge } from './events.ts';

interface ListTargetsByRuleInput {
  Rule: string;
  EventBusName?: string;
  Limit?: number;
  NextToken?: string;
}

/** Targets in the order in which they were put. */
export const listTargetsByRule =
  (events: EventBridge): Operation =>
  (input: ListTargetsByRuleInput) => {
    const rule = events.rule(input.Rule, input.EventBusName);
    const from = input.NextToken ? Number(Buffer.from(input.NextToken, 'base64').toString()) : 0;
    const to = from + (input.Limit ?? 100);
    const all = [...rule.targets.values()];
    return {
      Targets: all.slice(from, to),
      ...(to < all.length && { NextToken: Buffer.from(String(to)).toString('base64') }),
    };
  };
