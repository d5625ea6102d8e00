import type { Pipeline, Trigger } from '#shared/generated/contracts.ts';
import type { ScheduleMessage } from '../read-message.ts';
import { release, type Start } from '../wish.ts';

/** A schedule is due. One that was just taken out of its pipeline may still speak once. */
export function fromSchedule(message: ScheduleMessage, pipelines: readonly Pipeline[]): Start[] {
  const { pipeline, schedule, scheduledTime } = message;
  const trigger: Trigger = {
    kind: 'schedule',
    detail: `${schedule}, due ${scheduledTime}`.slice(0, 1024),
    eventTime: scheduledTime,
    schedule: schedule.slice(0, 64),
    scheduledTime,
  };
  return (
    pipelines
      .filter(({ name, triggers }) => name === pipeline && triggers?.schedule !== undefined)
      // Scheduler delivers at least once; the time it was due names the signal.
      .map(({ name }) => release(name, trigger, [schedule, scheduledTime]))
  );
}
