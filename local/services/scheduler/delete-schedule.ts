import type { Scheduler } from './scheduler.ts';

/** @throws AwsError ResourceNotFoundException */
export function deleteSchedule(
  scheduler: Scheduler,
  input: { readonly Name: string; readonly GroupName?: string },
): Record<string, never> {
  scheduler.drop(scheduler.schedule(input));
  return {};
}
