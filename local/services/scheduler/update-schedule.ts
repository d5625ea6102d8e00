import { readSchedule } from './read-schedule.ts';
import type { ScheduleInput } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';

/** Puts the whole schedule anew: what is left out gets its default. @throws AwsError as CreateSchedule, ResourceNotFoundException */
export function updateSchedule(scheduler: Scheduler, input: ScheduleInput): { ScheduleArn: string } {
  const { arn, groupName, createdMs } = scheduler.schedule(input);
  const timing = readSchedule(scheduler.world, input, scheduler.group(groupName).arn);
  scheduler.keep({ arn, groupName, input, ...timing, createdMs, changedMs: scheduler.world.clock.now() });
  return { ScheduleArn: arn };
}
