import { AwsError } from '../../aws-error.ts';
import { readSchedule } from './read-schedule.ts';
import { DEFAULT_GROUP, type ScheduleInput } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';

/** @throws AwsError ConflictException, ResourceNotFoundException, ValidationException */
export function createSchedule(scheduler: Scheduler, input: ScheduleInput): { ScheduleArn: string } {
  const group = scheduler.group(input.GroupName ?? DEFAULT_GROUP);
  const groupName = group.name;
  const arn = scheduler.arnOf(groupName, input.Name);
  if (scheduler.schedules.has(arn)) {
    throw new AwsError('ConflictException', `Schedule ${input.Name} already exists.`, 409);
  }
  const timing = readSchedule(scheduler.world, input, group.arn);
  const nowMs = scheduler.world.clock.now();
  scheduler.keep({ arn, groupName, input, ...timing, createdMs: nowMs, changedMs: nowMs });
  return { ScheduleArn: arn };
}
