import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { Alarm, type StateChange } from './alarm.ts';
import { alarmAction } from './alarm-action.ts';
import type { AlarmConfig } from './alarm-config.ts';
import { AlarmHistory } from './alarm-history.ts';
import { alarmEventDetail } from './alarm-messages.ts';
import { deleteAlarms } from './delete-alarms.ts';
import { describeAlarmHistory } from './describe-alarm-history.ts';
import { describeAlarms } from './describe-alarms.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import { type Dimensions, MetricStore, type Series } from './metric-store.ts';
import { putMetricAlarm } from './put-metric-alarm.ts';
import { putMetricData } from './put-metric-data.ts';
import { setAlarmState } from './set-alarm-state.ts';

export interface Sample {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
  readonly value: number;
  /** How often `value` was measured; once unless told. */
  readonly count?: number;
  readonly unit?: string;
  /** Epoch milliseconds; now unless told. */
  readonly atMs?: number;
}

/** Metrics by the minute, and alarms that judge them at each full minute of the world's clock. */
export class CloudWatch implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly metrics: MetricStore;
  readonly alarms = new Map<string, Alarm>();
  readonly history = new AlarmHistory();
  readonly #world: World;
  readonly #listeners = new Map<string, Set<(alarm: Alarm) => void>>();

  constructor(world: World) {
    this.#world = world;
    this.metrics = new MetricStore(world.clock);
    this.operations = {
      DeleteAlarms: (input) => deleteAlarms(this, input),
      DescribeAlarmHistory: (input) => describeAlarmHistory(this, input),
      DescribeAlarms: (input) => describeAlarms(this, input),
      GetMetricData: (input) => getMetricData(this, input),
      GetMetricStatistics: (input) => getMetricStatistics(this, input),
      ListMetrics: (input) => listMetrics(this, input),
      PutMetricAlarm: (input) => putMetricAlarm(this, input),
      PutMetricData: (input) => putMetricData(this, world, input),
      SetAlarmState: (input) => setAlarmState(this, input),
    };
  }

  record(sample: Sample): void {
    this.series(sample.namespace, sample.metricName, sample.dimensions).record(
      sample.value,
      sample.atMs ?? this.#world.clock.now(),
      sample.count,
    );
  }

  /** A handle on one metric, for who records often. */
  series(namespace: string, metricName: string, dimensions: Dimensions): Series {
    return this.metrics.series(namespace, metricName, dimensions);
  }

  /** Calls `listener` at each change of state of the alarm of this name, until the returned function is called. */
  watch(alarmName: string, listener: (alarm: Alarm) => void): () => void {
    const listeners = this.#listeners.get(alarmName) ?? new Set();
    this.#listeners.set(alarmName, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Creates the alarm, or gives an existing one this configuration. */
  putAlarm(config: AlarmConfig): Alarm {
    const existing = this.alarms.get(config.AlarmName);
    if (existing !== undefined) {
      existing.configure(config);
      this.history.configured('Update', config, this.#world.clock.now());
      this.#journal(config.AlarmName, 'reconfigured');
      return existing;
    }
    const alarm = new Alarm(this.#world, this.metrics, config, (changed, previous) =>
      this.#changed(changed, previous),
    );
    this.alarms.set(config.AlarmName, alarm);
    this.history.configured('Create', config, this.#world.clock.now());
    this.#journal(config.AlarmName, 'created');
    return alarm;
  }

  removeAlarm(name: string): void {
    const alarm = this.alarms.get(name);
    if (alarm === undefined) return;
    alarm.close();
    this.alarms.delete(name);
    this.history.configured('Delete', alarm.config, this.#world.clock.now());
    this.#journal(name, 'deleted');
  }

  close(): void {
    for (const alarm of this.alarms.values()) alarm.close();
  }

  #changed(alarm: Alarm, previous: StateChange): void {
    const { AlarmName: name } = alarm.config;
    this.#journal(name, `${previous.state} → ${alarm.current.state}: ${alarm.current.reason}`);
    this.history.changed(name, previous, alarm.current);
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(alarm);
    this.#world.events.emit({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: [alarm.arn],
      detail: alarmEventDetail(alarm, previous),
    });
    if (alarm.config.ActionsEnabled !== false) {
      for (const action of actionsFor(alarm)) void this.#act(alarm, action, previous);
    }
  }

  async #act(alarm: Alarm, actionArn: string, previous: StateChange): Promise<void> {
    const { AlarmName: name } = alarm.config;
    const call = alarmAction(this.#world, alarm, actionArn, previous);
    if (call === undefined) {
      this.#journal(name, `action ${actionArn} left out: only topics and functions are modelled`);
      return;
    }
    try {
      await this.#world.door.call(call);
      this.history.acted(name, actionArn, this.#world.clock.now());
    } catch (error) {
      // CloudWatch tells it in the alarm's history alone.
      const { message } = error as Error;
      this.history.acted(name, actionArn, this.#world.clock.now(), message);
      this.#journal(name, `action ${actionArn} failed: ${message}`);
    }
  }

  #journal(alarmName: string, what: string): void {
    this.#world.journal.write(`cloudwatch/alarm/${alarmName}`, what);
  }
}

function actionsFor(alarm: Alarm): readonly string[] {
  if (alarm.current.state === 'OK') return alarm.config.OKActions ?? [];
  if (alarm.current.state === 'ALARM') return alarm.config.AlarmActions ?? [];
  return alarm.config.InsufficientDataActions ?? [];
}
