import { groupDescription } from './get-schedule-group.ts';
import { page } from './page.ts';
import type { Scheduler } from './scheduler.ts';

interface ListScheduleGroupsInput {
  readonly NamePrefix?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export function listScheduleGroups(
  scheduler: Scheduler,
  { NamePrefix = '', ...paging }: ListScheduleGroupsInput,
) {
  const found = [...scheduler.groups.values()].filter(({ name }) => name.startsWith(NamePrefix));
  const { items, NextToken } = page(found, ({ name }) => name, paging);
  return {
    ScheduleGroups: items.map(groupDescription),
    ...(NextToken !== undefined && { NextToken }),
  };
}
