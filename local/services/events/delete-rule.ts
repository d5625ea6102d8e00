import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { EventBridge } from './events.ts';
import { refuseOtherBus } from './rule.ts';

/** Deleting what is not there is no error. */
export const deleteRule =
  (events: EventBridge): Operation =>
  (input: { Name: string; EventBusName?: string }) => {
    refuseOtherBus(input.EventBusName);
    if ((events.rules.get(input.Name)?.targets.size ?? 0) > 0) {
      throw validationError("Rule can't be deleted since it has targets.");
    }
    events.rules.delete(input.Name);
    return {};
  };
