import type { Timer } from '../../clock/clock.ts';
import type { RetryPolicy } from '../events/insist.ts';
import type { Timetable } from './expression/expression.ts';

export interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly RetryPolicy?: RetryPolicy;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly EventBridgeParameters?: { readonly DetailType: string; readonly Source: string };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

/** What CreateSchedule and UpdateSchedule take, as the API names it. */
export interface ScheduleInput {
  readonly Name: string;
  readonly GroupName?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: Moment;
  readonly EndDate?: Moment;
  readonly Description?: string;
  readonly State?: 'ENABLED' | 'DISABLED';
  readonly KmsKeyArn?: string;
  readonly FlexibleTimeWindow: {
    readonly Mode: 'OFF' | 'FLEXIBLE';
    readonly MaximumWindowInMinutes?: number;
  };
  readonly ActionAfterCompletion?: 'NONE' | 'DELETE';
  readonly Target: ScheduleTarget;
}

/** A date, its text, or epoch seconds, as the way to the service carries it. */
export type Moment = Date | string | number;

export const epochMs = (moment: Moment): number =>
  typeof moment === 'number' ? moment * 1000 : new Date(moment).getTime();

/** A schedule as it is kept. Times are epoch milliseconds. */
export interface Schedule {
  readonly arn: string;
  readonly groupName: string;
  readonly input: ScheduleInput;
  readonly timetable: Timetable;
  readonly createdMs: number;
  readonly changedMs: number;
  /** Where a rate begins to count. */
  readonly anchorMs: number;
  readonly endMs: number;
  timer?: Timer;
}

export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
}

export const DEFAULT_GROUP = 'default';
