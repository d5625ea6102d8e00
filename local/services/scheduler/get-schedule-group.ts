import type { ScheduleGroup } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';

/** @throws AwsError ResourceNotFoundException */
export const getScheduleGroup = (scheduler: Scheduler, { Name }: { readonly Name: string }) =>
  groupDescription(scheduler.group(Name));

/** A group as GetScheduleGroup and ListScheduleGroups show it. */
export const groupDescription = ({ name, arn, createdMs }: ScheduleGroup) => ({
  Arn: arn,
  CreationDate: new Date(createdMs),
  LastModificationDate: new Date(createdMs),
  Name: name,
  State: 'ACTIVE',
});
