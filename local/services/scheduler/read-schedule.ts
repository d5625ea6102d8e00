import { notModelled, validationError } from '../../aws-error.ts';
import type { World } from '../../world.ts';
import { parseExpression, type Timetable } from './expression/expression.ts';
import { zoneOf } from './expression/zone.ts';
import { isModelled, needsJson } from './invocation.ts';
import { epochMs, type ScheduleInput } from './schedule.ts';

export type Timing = Readonly<{ timetable: Timetable; anchorMs: number; endMs: number }>;

/**
 * What CreateSchedule and UpdateSchedule ask of a schedule.
 *
 * Sources of the texts: answers recorded in public (expression, role); the others are ours.
 *
 * @throws AwsError ValidationException
 */
export function readSchedule(world: World, input: ScheduleInput, groupArn: string): Timing {
  const { ScheduleExpression, ScheduleExpressionTimezone = 'UTC', StartDate, EndDate } = input;
  if (input.KmsKeyArn !== undefined) throw notModelled('A schedule with a key of its own');
  const zone = zoneOf(ScheduleExpressionTimezone);
  if (zone === undefined) {
    throw validationError(`Invalid Schedule Expression Timezone ${ScheduleExpressionTimezone}.`);
  }
  const timetable = parseExpression(ScheduleExpression, 'schedule', zone);
  if (timetable === undefined) throw validationError(`Invalid Schedule Expression ${ScheduleExpression}.`);
  const nowMs = world.clock.now();
  // Start and end don't count for what is due once.
  const isOnce = timetable.kind === 'at';
  const startMs = StartDate === undefined || isOnce ? nowMs : epochMs(StartDate);
  const endMs = EndDate === undefined || isOnce ? Number.POSITIVE_INFINITY : epochMs(EndDate);
  if (endMs < nowMs) throw validationError('The EndDate you specify must come after the current time.');
  if (endMs <= startMs) throw validationError('The EndDate you specify must come after the StartDate.');
  checkWindow(input);
  checkTarget(world, input, groupArn);
  return { timetable, anchorMs: startMs, endMs };
}

function checkWindow({ FlexibleTimeWindow: { Mode, MaximumWindowInMinutes } }: ScheduleInput): void {
  if (Mode === 'FLEXIBLE' && MaximumWindowInMinutes === undefined) {
    throw validationError(
      'MaximumWindowInMinutes must be provided when FlexibleTimeWindow.Mode is FLEXIBLE.',
    );
  }
  if (Mode === 'OFF' && MaximumWindowInMinutes !== undefined) {
    throw validationError('MaximumWindowInMinutes must not be provided when FlexibleTimeWindow.Mode is OFF.');
  }
}

/** Scheduler takes a role on for the schedule's group, so a trust in the schedule's own ARN alone is none. */
function checkTarget(world: World, { Target }: ScheduleInput, groupArn: string): void {
  const { Arn, RoleArn, Input } = Target;
  if (!isModelled(Arn)) throw notModelled(`A schedule's target such as ${Arn}`);
  if (!world.iam.trusts(RoleArn, 'scheduler.amazonaws.com', groupArn)) {
    throw validationError(
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    );
  }
  if (needsJson(Arn) && Input !== undefined && !isJson(Input)) {
    throw validationError('The Input of the target is not valid JSON.');
  }
  if (Arn.includes(':event-bus/') !== (Target.EventBridgeParameters !== undefined)) {
    throw validationError(
      'EventBridgeParameters are for a target that is an event bus, which must have them.',
    );
  }
}

/** Attributes stand in texts, where they are JSON, so an input is JSON before they are filled in. */
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
