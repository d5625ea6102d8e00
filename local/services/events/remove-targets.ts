import type { Operation } from '../../service.ts';
import type { EventBridge } from './events.ts';

export const removeTargets =
  (events: EventBridge): Operation =>
  (input: { Rule: string; EventBusName?: string; Ids: string[] }) => {
    const rule = events.rule(input.Rule, input.EventBusName);
    for (const id of input.Ids) rule.targets.delete(id);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };
