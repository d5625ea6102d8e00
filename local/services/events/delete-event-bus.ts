import { validationError } from '../../aws-error.ts';
import { busName, DEFAULT_BUS } from './bus.ts';
import type { EventBridge } from './events.ts';

/** Deleting what is not there is no error. @throws AwsError ValidationException */
export function deleteEventBus(events: EventBridge, input: { readonly Name: string }): Record<string, never> {
  const name = busName(input.Name);
  if (name === DEFAULT_BUS) throw validationError(`Cannot delete event bus ${DEFAULT_BUS}.`);
  if ((events.buses.get(name)?.rules.size ?? 0) > 0) {
    throw validationError("Event bus can't be deleted since it has rules.");
  }
  events.buses.delete(name);
  return {};
}
