import { validationError } from '../../aws-error.ts';
import { DEFAULT_GROUP } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';

/** Its schedules go with it. @throws AwsError ResourceNotFoundException, ValidationException */
export function deleteScheduleGroup(
  scheduler: Scheduler,
  { Name }: { readonly Name: string },
): Record<string, never> {
  if (Name === DEFAULT_GROUP) throw validationError('The default schedule group cannot be deleted.');
  scheduler.group(Name);
  for (const schedule of [...scheduler.schedules.values()]) {
    if (schedule.groupName === Name) scheduler.drop(schedule);
  }
  scheduler.groups.delete(Name);
  return {};
}
