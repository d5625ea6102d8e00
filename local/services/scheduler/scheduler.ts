import { AwsError } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { createSchedule } from './create-schedule.ts';
import { createScheduleGroup } from './create-schedule-group.ts';
import { deleteSchedule } from './delete-schedule.ts';
import { deleteScheduleGroup } from './delete-schedule-group.ts';
import { getSchedule } from './get-schedule.ts';
import { getScheduleGroup } from './get-schedule-group.ts';
import { invoke } from './invoke.ts';
import { listScheduleGroups } from './list-schedule-groups.ts';
import { listSchedules } from './list-schedules.ts';
import { DEFAULT_GROUP, type Schedule, type ScheduleGroup } from './schedule.ts';
import { updateSchedule } from './update-schedule.ts';

/** EventBridge Scheduler: calls targets when it is time. */
export class Scheduler implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly groups = new Map<string, ScheduleGroup>();
  /** By ARN. */
  readonly schedules = new Map<string, Schedule>();
  readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.addGroup(DEFAULT_GROUP);
    this.operations = {
      CreateSchedule: (input) => createSchedule(this, input),
      CreateScheduleGroup: (input) => createScheduleGroup(this, input),
      DeleteSchedule: (input) => deleteSchedule(this, input),
      DeleteScheduleGroup: (input) => deleteScheduleGroup(this, input),
      GetSchedule: (input) => getSchedule(this, input),
      GetScheduleGroup: (input) => getScheduleGroup(this, input),
      ListScheduleGroups: (input) => listScheduleGroups(this, input),
      ListSchedules: (input) => listSchedules(this, input),
      UpdateSchedule: (input) => updateSchedule(this, input),
    };
  }

  addGroup(name: string): ScheduleGroup {
    const { region, accountId, clock } = this.world;
    const arn = `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;
    const group = { name, arn, createdMs: clock.now() };
    this.groups.set(name, group);
    return group;
  }

  /** @throws AwsError ResourceNotFoundException */
  group(name: string): ScheduleGroup {
    const group = this.groups.get(name);
    if (group === undefined) throw notThere(`Schedule group ${name} does not exist.`);
    return group;
  }

  arnOf(groupName: string, name: string): string {
    return `arn:aws:scheduler:${this.world.region}:${this.world.accountId}:schedule/${groupName}/${name}`;
  }

  /** @throws AwsError ResourceNotFoundException */
  schedule({ GroupName = DEFAULT_GROUP, Name }: { GroupName?: string; Name: string }): Schedule {
    this.group(GroupName);
    const schedule = this.schedules.get(this.arnOf(GroupName, Name));
    if (schedule === undefined) throw notThere(`Schedule ${Name} does not exist.`);
    return schedule;
  }

  /** Keeps a schedule and waits for its next moment. What comes again and again does not keep the clock going. */
  keep(schedule: Schedule): void {
    this.schedules.get(schedule.arn)?.timer?.cancel();
    this.schedules.set(schedule.arn, schedule);
    // A rate without a start date begins at once.
    if (schedule.input.State !== 'DISABLED') this.#wait(schedule, this.world.clock.now() - 1);
  }

  drop({ arn, timer }: Schedule): void {
    timer?.cancel();
    this.schedules.delete(arn);
  }

  #wait(schedule: Schedule, afterMs: number): void {
    const { clock } = this.world;
    const { timetable, anchorMs, endMs } = schedule;
    const dueMs = timetable.next(Math.max(afterMs, anchorMs - 1), anchorMs);
    if (dueMs === undefined || dueMs > endMs) {
      this.#complete(schedule);
      return;
    }
    const call = (): void => {
      void invoke(this.world, schedule, dueMs);
      this.#wait(schedule, dueMs);
    };
    schedule.timer = clock.at(dueMs, call, { background: timetable.kind !== 'at' });
  }

  #complete(schedule: Schedule): void {
    if (schedule.input.ActionAfterCompletion === 'DELETE') this.drop(schedule);
  }
}

const notThere = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, 404);
