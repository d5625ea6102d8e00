import type { Caller, Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { Alarm, type StateChange } from './alarm.ts';
import type { AlarmConfig } from './alarm-config.ts';
import { alarmEventDetail, alarmNotification } from './alarm-messages.ts';
import { deleteAlarms } from './delete-alarms.ts';
import { describeAlarms } from './describe-alarms.ts';
import { getMetricData } from './get-metric-data.ts';
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
  readonly metrics = new MetricStore();
  readonly alarms = new Map<string, Alarm>();
  readonly #world: World;
  readonly #listeners = new Map<string, Set<(alarm: Alarm) => void>>();

  constructor(world: World) {
    this.#world = world;
    this.operations = {
      DeleteAlarms: (input) => deleteAlarms(this, input),
      DescribeAlarms: (input) => describeAlarms(this, input),
      GetMetricData: (input) => getMetricData(this, input),
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
      this.#journal(config.AlarmName, 'reconfigured');
      return existing;
    }
    const alarm = new Alarm(this.#world, this.metrics, config, (changed, previous) =>
      this.#changed(changed, previous),
    );
    this.alarms.set(config.AlarmName, alarm);
    this.#journal(config.AlarmName, 'created');
    return alarm;
  }

  removeAlarm(name: string): void {
    this.alarms.get(name)?.close();
    this.alarms.delete(name);
    this.#journal(name, 'deleted');
  }

  close(): void {
    for (const alarm of this.alarms.values()) alarm.close();
  }

  #changed(alarm: Alarm, previous: StateChange): void {
    const { AlarmName: name } = alarm.config;
    this.#journal(name, `${previous.state} → ${alarm.current.state}: ${alarm.current.reason}`);
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
    const name = alarm.config.AlarmName;
    if (actionArn.split(':')[2] !== 'sns') {
      this.#journal(name, `action ${actionArn} left out: only SNS topics are modelled`);
      return;
    }
    const caller: Caller = { arn: 'cloudwatch.amazonaws.com', via: 'service', sourceArn: alarm.arn };
    try {
      const input = { TopicArn: actionArn, ...alarmNotification(this.#world, alarm, previous) };
      await this.#world.door.call({ service: 'sns', operation: 'Publish', input, caller });
    } catch (error) {
      // CloudWatch does not report it either; the diary does.
      this.#journal(name, `action ${actionArn} failed: ${(error as Error).message}`);
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
