import { allEverywhere, arn, each, type Ids, type Input, type NeedsTable, one, passRole } from './need.ts';

// Schedules, and the registry of event schemas.

const scheduleArn = (ids: Ids, { GroupName = 'default', Name }: Input): string =>
  arn('scheduler', ids, `schedule/${GroupName}/${Name}`);

export const schedulerNeeds: NeedsTable = {
  ...each(['CreateSchedule', 'UpdateSchedule'], (action) => (input, ids) => [
    ...one(`scheduler:${action}`, scheduleArn(ids, input)),
    ...passRole(input.Target?.RoleArn, 'scheduler.amazonaws.com'),
  ]),
  ...each(
    ['DeleteSchedule', 'GetSchedule'],
    (action) =>
      ({ Name, GroupName }, ids) =>
        one(`scheduler:${action}`, scheduleArn(ids, { Name, GroupName })),
  ),
  ...each(
    ['CreateScheduleGroup', 'DeleteScheduleGroup', 'GetScheduleGroup'],
    (action) => (input, ids) =>
      one(`scheduler:${action}`, arn('scheduler', ids, `schedule-group/${input.Name}`)),
  ),
  ...allEverywhere('scheduler', 'ListScheduleGroups', 'ListSchedules'),
};

export const schemasNeeds: NeedsTable = {
  ...each(
    ['CreateRegistry', 'DeleteRegistry', 'DescribeRegistry', 'ListSchemas'],
    (action) => (input, ids) =>
      one(`schemas:${action}`, arn('schemas', ids, `registry/${input.RegistryName}`)),
  ),
  ...each(
    ['CreateSchema', 'DeleteSchema', 'DescribeSchema', 'UpdateSchema'],
    (action) => (input, ids) =>
      one(`schemas:${action}`, arn('schemas', ids, `schema/${input.RegistryName}/${input.SchemaName}`)),
  ),
  ...allEverywhere('schemas', 'ListRegistries'),
};
