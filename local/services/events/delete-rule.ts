import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { EventBridge } from './events.ts';

/** Deleting what is not there is no error. */
export const deleteRule =
  (events: EventBridge): Operation =>
  (input: { Name: string; EventBusName?: string }) => {
    const rule = events.bus(input.EventBusName).rules.get(input.Name);
    if ((rule?.targets.size ?? 0) > 0) {
      throw validationError("Rule can't be deleted since it has targets.");
    }
    if (rule !== undefined) events.dropRule(rule);
    return {};
  };
