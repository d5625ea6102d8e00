import type { Timer } from '../../clock/clock.ts';
import type { World } from '../../world.ts';
import type { StateChange } from './alarm.ts';
import type { AlarmState, CommonAlarmConfig } from './alarm-config.ts';
import { offsetTime } from './alarm-reason.ts';
import { parseRule, type Rule } from './composite-rule.ts';

/** What `PutCompositeAlarm` says about one alarm, in AWS's own names. */
export interface CompositeAlarmConfig extends CommonAlarmConfig {
  readonly AlarmRule: string;
}

/**
 * An alarm on other alarms. It is looked at when it is made and whenever one of
 * them changes; put into a state by hand, it stays there until the next change.
 */
export class CompositeAlarm {
  readonly kind = 'composite';
  readonly arn: string;
  config: CompositeAlarmConfig;
  configUpdatedMs: number;
  current: StateChange;
  readonly #world: World;
  readonly #onChange: (alarm: CompositeAlarm, previous: StateChange) => void;
  #rule: Rule;
  #endings: readonly (() => void)[] = [];
  #look: Timer | undefined;

  /** @throws AwsError ValidationError for a rule that cannot be read */
  constructor(
    world: World,
    config: CompositeAlarmConfig,
    onChange: (alarm: CompositeAlarm, previous: StateChange) => void,
  ) {
    this.#world = world;
    this.#onChange = onChange;
    this.arn = `arn:aws:cloudwatch:${world.region}:${world.accountId}:alarm:${config.AlarmName}`;
    this.config = config;
    this.#rule = parseRule(config.AlarmRule);
    this.configUpdatedMs = world.clock.now();
    this.current = {
      state: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      atMs: this.configUpdatedMs,
    };
    this.#listen('created');
  }

  configure(config: CompositeAlarmConfig): void {
    this.#rule = parseRule(config.AlarmRule);
    this.config = config;
    this.configUpdatedMs = this.#world.clock.now();
    this.#listen('updated');
  }

  setState(state: AlarmState, reason: string, reasonData?: string): void {
    this.#change({ state, reason, ...(reasonData ? { reasonData } : {}), atMs: this.#world.clock.now() });
  }

  close(): void {
    for (const end of this.#endings) end();
    this.#endings = [];
    this.#look?.cancel();
  }

  #listen(what: 'created' | 'updated'): void {
    this.close();
    const { cloudwatch } = this.#world;
    this.#endings = this.#rule.alarmNames.map((name) =>
      cloudwatch.watch(name, (alarm) => {
        const { state, atMs } = alarm.current;
        const trigger = { arn: alarm.arn, state: { value: state, timestamp: offsetTime(atMs) } };
        this.#soon(
          () => `${alarm.arn} transitioned to ${state} at ${longDate(atMs)}`,
          JSON.stringify({ triggeringAlarms: [trigger] }),
        );
      }),
    );
    this.#soon((state) => `${this.arn} was ${what} and its alarm rule evaluates to ${state}`);
  }

  /** After what has just changed has been told: an alarm's own event comes before that of its composite. */
  #soon(reason: (state: AlarmState) => string, reasonData?: string): void {
    const { clock, cloudwatch } = this.#world;
    this.#look?.cancel();
    this.#look = clock.at(
      clock.now(),
      () => {
        const state = this.#rule.holds((name) => cloudwatch.alarms.get(name)?.current.state) ? 'ALARM' : 'OK';
        if (state === this.current.state) return;
        const data = reasonData === undefined ? {} : { reasonData };
        this.#change({ state, reason: reason(state), ...data, atMs: clock.now() });
      },
      { background: true },
    );
  }

  #change(next: StateChange): void {
    const previous = this.current;
    this.current = next;
    if (previous.state !== next.state) this.#onChange(this, previous);
  }
}

/** `Saturday 21 November, 2026 06:30:00 UTC` */
function longDate(atMs: number): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(atMs);
  const day = `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}`;
  return `${day}, ${part({ year: 'numeric' })} ${new Date(atMs).toISOString().slice(11, 19)} UTC`;
}
