import { epochMs, type Moment } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';

/** @throws AwsError ResourceNotFoundException */
export function getSchedule(
  scheduler: Scheduler,
  input: { readonly Name: string; readonly GroupName?: string },
) {
  const { arn, groupName, input: given, createdMs, changedMs } = scheduler.schedule(input);
  const { ScheduleExpressionTimezone = 'UTC', State = 'ENABLED', ActionAfterCompletion = 'NONE' } = given;
  return {
    ActionAfterCompletion,
    Arn: arn,
    CreationDate: new Date(createdMs),
    ...(given.Description !== undefined && { Description: given.Description }),
    ...dated('EndDate', given.EndDate),
    FlexibleTimeWindow: given.FlexibleTimeWindow,
    GroupName: groupName,
    LastModificationDate: new Date(changedMs),
    Name: given.Name,
    ScheduleExpression: given.ScheduleExpression,
    ScheduleExpressionTimezone,
    ...dated('StartDate', given.StartDate),
    State,
    Target: {
      ...given.Target,
      RetryPolicy: {
        MaximumEventAgeInSeconds: 86_400,
        MaximumRetryAttempts: 185,
        ...given.Target.RetryPolicy,
      },
    },
  };
}

const dated = (name: string, moment: Moment | undefined) =>
  moment === undefined ? {} : { [name]: new Date(epochMs(moment)) };
