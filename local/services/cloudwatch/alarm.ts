import type { Timer } from '../../clock/clock.ts';
import type { World } from '../../world.ts';
import { type AlarmConfig, type AlarmState, statisticOf } from './alarm-config.ts';
import { alarmReason, alarmReasonData } from './alarm-reason.ts';
import type { CompositeAlarm } from './composite-alarm.ts';
import { type Datapoint, evaluateAlarm, evaluationRange } from './evaluate-alarm.ts';
import { type MetricStore, MINUTE_MS, minuteOf, type Series } from './metric-store.ts';

/** Of whatever kind: names are unique over all of them. */
export type AnyAlarm = Alarm | CompositeAlarm;

export interface StateChange {
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData?: string;
  readonly atMs: number;
}

/**
 * One metric alarm. It is evaluated at each full minute of the world's clock
 * (the first time at the full minute after its creation), looking at the whole
 * periods that end there. When nothing it looks at has data, or minutes that are
 * all alike, it sleeps until something else is measured: a quiet month costs no timer.
 */
export class Alarm {
  readonly kind = 'metric';
  readonly arn: string;
  config: AlarmConfig;
  configUpdatedMs: number;
  current: StateChange;
  readonly #world: World;
  readonly #metrics: MetricStore;
  readonly #onChange: (alarm: Alarm, previous: StateChange) => void;
  #series: Series;
  #timer: Timer | undefined;
  #forgetSeries: (() => void) | undefined;

  constructor(
    world: World,
    metrics: MetricStore,
    config: AlarmConfig,
    onChange: (alarm: Alarm, previous: StateChange) => void,
  ) {
    this.#world = world;
    this.#metrics = metrics;
    this.#onChange = onChange;
    this.arn = `arn:aws:cloudwatch:${world.region}:${world.accountId}:alarm:${config.AlarmName}`;
    this.config = config;
    this.#series = this.#seriesOf(config);
    this.configUpdatedMs = world.clock.now();
    this.current = {
      state: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      atMs: this.configUpdatedMs,
    };
    this.#awake();
  }

  /** Takes a new configuration; the state stays until the next evaluation, as in AWS. */
  configure(config: AlarmConfig): void {
    this.config = config;
    this.configUpdatedMs = this.#world.clock.now();
    this.#series = this.#seriesOf(config);
    this.#awake();
  }

  /** `SetAlarmState`: holds until the next evaluation says otherwise. */
  setState(state: AlarmState, reason: string, reasonData?: string): void {
    this.#change(state, reason, reasonData);
    this.#awake();
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#forgetSeries?.();
    this.#forgetSeries = undefined;
  }

  #evaluate(atMs: number): void {
    const range = this.#datapoints(atMs);
    const verdict = evaluateAlarm(this.config, range, this.current.state);
    if (verdict.state !== this.current.state) {
      const reason = alarmReason(this.config, verdict, this.current.state);
      this.#change(verdict.state, reason, alarmReasonData(this.config, verdict, atMs));
    }
    const rangeMs = evaluationRange(this.config) * this.config.Period * 1000;
    const { isRepeating, latestMs } = this.#series;
    const mayChange = isRepeating || latestMs >= atMs - rangeMs;
    if (mayChange && !this.#series.isSteadySince(atMs - rangeMs)) this.#awake();
    else this.#forgetSeries = this.#series.atNextMeasurement(() => this.#awake());
  }

  /** The evaluation range that ends at `endMs`, newest period first. */
  #datapoints(endMs: number): Datapoint[] {
    const periodMs = this.config.Period * 1000;
    const statistic = statisticOf(this.config);
    return Array.from({ length: evaluationRange(this.config) }, (_, index) => {
      const startMs = endMs - (index + 1) * periodMs;
      const measured = this.#series.between(startMs, startMs + periodMs);
      return { startMs, value: measured?.statistic(statistic), sampleCount: measured?.count ?? 0 };
    });
  }

  #awake(): void {
    this.close();
    const dueMs = minuteOf(this.#world.clock.now()) + MINUTE_MS;
    this.#timer = this.#world.clock.at(dueMs, () => this.#evaluate(dueMs), { background: true });
  }

  #change(state: AlarmState, reason: string, reasonData: string | undefined): void {
    const previous = this.current;
    this.current = { state, reason, ...(reasonData ? { reasonData } : {}), atMs: this.#world.clock.now() };
    if (previous.state !== state) this.#onChange(this, previous);
  }

  #seriesOf(config: AlarmConfig): Series {
    const dimensions = Object.fromEntries((config.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));
    return this.#metrics.series(config.Namespace, config.MetricName, dimensions);
  }
}
