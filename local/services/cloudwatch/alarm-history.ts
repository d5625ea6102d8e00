import type { AnyAlarm, StateChange } from './alarm.ts';

export interface HistoryItem {
  readonly alarmName: string;
  readonly alarmType: 'MetricAlarm' | 'CompositeAlarm';
  readonly atMs: number;
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  /** Made when somebody asks: most histories nobody reads. */
  readonly data: () => object;
}

/** What happened to the alarms, oldest first. AWS keeps it for 30 days, this world for its lifetime. */
export class AlarmHistory {
  readonly items: HistoryItem[] = [];

  configured(what: 'Create' | 'Update' | 'Delete', alarm: AnyAlarm, atMs: number): void {
    const summary = `Alarm "${alarm.config.AlarmName}" ${what.toLowerCase()}d`;
    this.#add('ConfigurationUpdate', alarm, atMs, summary, () => ({ type: what }));
  }

  changed(alarm: AnyAlarm, previous: StateChange): void {
    const { current } = alarm;
    const summary = `Alarm updated from ${previous.state} to ${current.state}`;
    const side = ({ state, reason, reasonData }: StateChange) => ({
      stateValue: state,
      stateReason: reason,
      ...(reasonData === undefined ? {} : { stateReasonData: JSON.parse(reasonData) }),
    });
    this.#add('StateUpdate', alarm, current.atMs, summary, () => ({
      oldState: side(previous),
      newState: side(current),
    }));
  }

  acted(alarm: AnyAlarm, actionArn: string, atMs: number, error?: string): void {
    const summary = `${error === undefined ? 'Successfully executed' : 'Failed to execute'} action ${actionArn}`;
    this.#add('Action', alarm, atMs, summary, () => ({
      actionState: error === undefined ? 'Succeeded' : 'Failed',
      notificationResource: actionArn,
      ...(error === undefined ? {} : { error }),
    }));
  }

  #add(
    type: HistoryItem['type'],
    { config, kind }: AnyAlarm,
    atMs: number,
    summary: string,
    data: () => object,
  ): void {
    const alarmType = kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
    this.items.push({ alarmName: config.AlarmName, alarmType, atMs, type, summary, data });
  }
}
