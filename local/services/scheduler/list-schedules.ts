import { page } from './page.ts';
import type { Scheduler } from './scheduler.ts';

interface ListSchedulesInput {
  readonly GroupName?: string;
  readonly NamePrefix?: string;
  readonly State?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** Schedules of one group or of all, by group and name. @throws AwsError ResourceNotFoundException */
export function listSchedules(
  scheduler: Scheduler,
  { GroupName, NamePrefix = '', State, ...paging }: ListSchedulesInput,
) {
  if (GroupName !== undefined) scheduler.group(GroupName);
  const found = [...scheduler.schedules.values()].filter(
    ({ groupName, input }) =>
      (GroupName === undefined || groupName === GroupName) &&
      input.Name.startsWith(NamePrefix) &&
      (State === undefined || State === (input.State ?? 'ENABLED')),
  );
  const { items, NextToken } = page(found, ({ arn }) => arn, paging);
  return {
    Schedules: items.map(({ arn, groupName, input, createdMs, changedMs }) => ({
      Arn: arn,
      CreationDate: new Date(createdMs),
      GroupName: groupName,
      LastModificationDate: new Date(changedMs),
      Name: input.Name,
      State: input.State ?? 'ENABLED',
      Target: { Arn: input.Target.Arn },
    })),
    ...(NextToken !== undefined && { NextToken }),
  };
}
