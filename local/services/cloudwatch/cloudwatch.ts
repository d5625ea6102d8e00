import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { Alarm, type AnyAlarm, type StateChange } from './alarm.ts';
import { alarmAction } from './alarm-action.ts';
import { type AlarmConfig, type CommonAlarmConfig, validationError } from './alarm-config.ts';
import { AlarmHistory } from './alarm-history.ts';
import { alarmEventDetail } from './alarm-messages.ts';
import { CompositeAlarm, type CompositeAlarmConfig } from './composite-alarm.ts';
import { deleteAlarms } from './delete-alarms.ts';
import { describeAlarmHistory } from './describe-alarm-history.ts';
import { describeAlarms } from './describe-alarms.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import { type Dimensions, MetricStore, type Series } from './metric-store.ts';
import { putCompositeAlarm } from './put-composite-alarm.ts';
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
  readonly alarms = new Map<string, AnyAlarm>();
  readonly history = new AlarmHistory();
  readonly #world: World;
  readonly #listeners = new Map<string, Set<(alarm: AnyAlarm) => void>>();

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
      PutCompositeAlarm: (input) => putCompositeAlarm(this, input),
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
  watch(alarmName: string, listener: (alarm: AnyAlarm) => void): () => void {
    const listeners = this.#listeners.get(alarmName) ?? new Set();
    this.#listeners.set(alarmName, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Creates the alarm, or gives an existing one this configuration. */
  putAlarm(config: AlarmConfig): Alarm {
    const existing = this.#existing(config, 'metric');
    if (existing !== undefined) {
      existing.configure(config);
      this.#told('Update', existing);
      return existing;
    }
    const alarm = new Alarm(this.#world, this.metrics, config, (changed, previous) =>
      this.#changed(changed, previous),
    );
    this.alarms.set(config.AlarmName, alarm);
    this.#told('Create', alarm);
    return alarm;
  }

  putCompositeAlarm(config: CompositeAlarmConfig): void {
    const existing = this.#existing(config, 'composite');
    if (existing !== undefined) {
      existing.configure(config);
      this.#told('Update', existing);
      return;
    }
    const alarm = new CompositeAlarm(this.#world, config, (changed, previous) =>
      this.#changed(changed, previous),
    );
    this.alarms.set(config.AlarmName, alarm);
    this.#told('Create', alarm);
  }

  removeAlarm(name: string): void {
    const alarm = this.alarms.get(name);
    if (alarm === undefined) return;
    alarm.close();
    this.alarms.delete(name);
    this.#told('Delete', alarm);
  }

  close(): void {
    for (const alarm of this.alarms.values()) alarm.close();
  }

  /** @throws AwsError ValidationError if an alarm of the other kind has this name */
  #existing<Kind extends AnyAlarm['kind']>(
    { AlarmName: name }: CommonAlarmConfig,
    kind: Kind,
  ): Extract<AnyAlarm, { kind: Kind }> | undefined {
    const existing = this.alarms.get(name);
    if (existing !== undefined && existing.kind !== kind)
      throw validationError(`${name} is a ${existing.kind} alarm.`);
    return existing as Extract<AnyAlarm, { kind: Kind }> | undefined;
  }

  #told(what: 'Create' | 'Update' | 'Delete', alarm: AnyAlarm): void {
    this.history.configured(what, alarm, this.#world.clock.now());
    const said = { Create: 'created', Update: 'reconfigured', Delete: 'deleted' }[what];
    this.#journal(alarm.config.AlarmName, said);
  }

  #changed(alarm: AnyAlarm, previous: StateChange): void {
    const { AlarmName: name } = alarm.config;
    this.#journal(name, `${previous.state} → ${alarm.current.state}: ${alarm.current.reason}`);
    this.history.changed(alarm, previous);
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

  async #act(alarm: AnyAlarm, actionArn: string, previous: StateChange): Promise<void> {
    const { AlarmName: name } = alarm.config;
    const call = alarmAction(this.#world, alarm, actionArn, previous);
    if (call === undefined) {
      this.#journal(name, `action ${actionArn} left out: only topics and functions are modelled`);
      return;
    }
    try {
      await this.#world.door.call(call);
      this.history.acted(alarm, actionArn, this.#world.clock.now());
    } catch (error) {
      // CloudWatch tells it in the alarm's history alone.
      const { message } = error as Error;
      this.history.acted(alarm, actionArn, this.#world.clock.now(), message);
      this.#journal(name, `action ${actionArn} failed: ${message}`);
    }
  }

  #journal(alarmName: string, what: string): void {
    this.#world.journal.write(`cloudwatch/alarm/${alarmName}`, what);
  }
}

function actionsFor(alarm: AnyAlarm): readonly string[] {
  if (alarm.current.state === 'OK') return alarm.config.OKActions ?? [];
  if (alarm.current.state === 'ALARM') return alarm.config.AlarmActions ?? [];
  return alarm.config.InsufficientDataActions ?? [];
}
