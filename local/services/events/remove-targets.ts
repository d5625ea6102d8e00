import type { Operation } from '../../service.ts';
import type { EventBridge } from './events.ts';
import { noSuchRule, refuseOtherBus } from './rule.ts';

export const removeTargets =
  (events: EventBridge): Operation =>
  (input: { Rule: string; EventBusName?: string; Ids: string[] }) => {
    refuseOtherBus(input.EventBusName);
    const rule = events.rules.get(input.Rule);
    if (rule === undefined) throw noSuchRule(input.Rule);
    for (const id of input.Ids) rule.targets.delete(id);
    return { FailedEntryCount: 0, FailedEntries: [] };
  };
