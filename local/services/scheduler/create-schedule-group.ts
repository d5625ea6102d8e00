import { AwsError } from '../../aws-error.ts';
import type { Scheduler } from './scheduler.ts';

/** @throws AwsError ConflictException */
export function createScheduleGroup(
  scheduler: Scheduler,
  { Name }: { readonly Name: string },
): { ScheduleGroupArn: string } {
  if (scheduler.groups.has(Name)) {
    throw new AwsError('ConflictException', `Schedule group ${Name} already exists.`, 409);
  }
  return { ScheduleGroupArn: scheduler.addGroup(Name).arn };
}
