import type { StateChange } from './alarm.ts';
import type { AlarmConfig } from './alarm-config.ts';

export interface HistoryItem {
  readonly alarmName: string;
  readonly atMs: number;
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  /** Made when somebody asks: most histories nobody reads. */
  readonly data: () => object;
}

/** What happened to the alarms, oldest first. AWS keeps it for 30 days, this world for its lifetime. */
export class AlarmHistory {
  readonly items: HistoryItem[] = [];

  configured(what: 'Create' | 'Update' | 'Delete', config: AlarmConfig, atMs: number): void {
    const summary = `Alarm "${config.AlarmName}" ${what.toLowerCase()}d`;
    this.#add('ConfigurationUpdate', config.AlarmName, atMs, summary, () => ({ type: what }));
  }

  changed(alarmName: string, previous: StateChange, current: StateChange): void {
    const summary = `Alarm updated from ${previous.state} to ${current.state}`;
    const side = ({ state, reason, reasonData }: StateChange) => ({
      stateValue: state,
      stateReason: reason,
      ...(reasonData === undefined ? {} : { stateReasonData: JSON.parse(reasonData) }),
    });
    this.#add('StateUpdate', alarmName, current.atMs, summary, () => ({
      oldState: side(previous),
      newState: side(current),
    }));
  }

  acted(alarmName: string, actionArn: string, atMs: number, error?: string): void {
    const summary = `${error === undefined ? 'Successfully executed' : 'Failed to execute'} action ${actionArn}`;
    this.#add('Action', alarmName, atMs, summary, () => ({
      actionState: error === undefined ? 'Succeeded' : 'Failed',
      notificationResource: actionArn,
      ...(error === undefined ? {} : { error }),
    }));
  }

  #add(
    type: HistoryItem['type'],
    alarmName: string,
    atMs: number,
    summary: string,
    data: () => object,
  ): void {
    this.items.push({ alarmName, atMs, type, summary, data });
  }
}
