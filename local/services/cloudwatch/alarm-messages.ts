import type { World } from '../../world.ts';
import type { AnyAlarm, StateChange } from './alarm.ts';
import { type AlarmConfig, statisticOf } from './alarm-config.ts';
import { offsetTime } from './alarm-reason.ts';

/** The detail of `CloudWatch Alarm State Change`. Source: CloudWatch user guide, "Alarm events and EventBridge". */
export function alarmEventDetail(alarm: AnyAlarm, previous: StateChange): Record<string, unknown> {
  const { config } = alarm;
  return {
    alarmName: config.AlarmName,
    state: stateDetail(alarm.current),
    previousState: stateDetail(previous),
    configuration: {
      ...(config.AlarmDescription === undefined ? {} : { description: config.AlarmDescription }),
      ...(alarm.kind === 'composite'
        ? { alarmRule: alarm.config.AlarmRule }
        : { metrics: [metricDetail(alarm.config)] }),
    },
  };
}

const metricDetail = (config: AlarmConfig): Record<string, unknown> => ({
  id: 'm1',
  metricStat: {
    metric: {
      namespace: config.Namespace,
      name: config.MetricName,
      dimensions: Object.fromEntries((config.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
    },
    period: config.Period,
    stat: statisticOf(config),
  },
  returnData: true,
});

const stateDetail = ({ state, reason, reasonData, atMs }: StateChange): Record<string, string> => ({
  value: state,
  reason,
  ...(reasonData === undefined ? {} : { reasonData }),
  timestamp: offsetTime(atMs),
});

/** What an alarm publishes to a topic: JSON text under a subject. Source: CloudWatch's SNS notifications. */
export function alarmNotification(
  world: World,
  alarm: AnyAlarm,
  previous: StateChange,
): { Subject: string; Message: string } {
  const { config, current } = alarm;
  const region = REGION_NAMES[world.region] ?? world.region;
  const message = {
    AlarmName: config.AlarmName,
    AlarmDescription: config.AlarmDescription ?? null,
    AWSAccountId: world.accountId,
    AlarmConfigurationUpdatedTimestamp: offsetTime(alarm.configUpdatedMs),
    NewStateValue: current.state,
    NewStateReason: current.reason,
    StateChangeTime: offsetTime(current.atMs),
    Region: region,
    AlarmArn: alarm.arn,
    OldStateValue: previous.state,
    OKActions: config.OKActions ?? [],
    AlarmActions: config.AlarmActions ?? [],
    InsufficientDataActions: config.InsufficientDataActions ?? [],
    ...(alarm.kind === 'composite'
      ? { AlarmRule: alarm.config.AlarmRule, TriggeringChildren: triggeringChildren(current) }
      : { Trigger: triggerOf(alarm.config) }),
  };
  // SNS takes at most 100 characters of subject.
  const subject = `${current.state}: "${config.AlarmName}" in ${region}`;
  return {
    Subject: subject.length <= 100 ? subject : `${subject.slice(0, 97)}...`,
    Message: JSON.stringify(message),
  };
}

const triggerOf = (config: AlarmConfig): Record<string, unknown> => ({
  MetricName: config.MetricName,
  Namespace: config.Namespace,
  StatisticType: config.Statistic === undefined ? 'ExtendedStatistic' : 'Statistic',
  ...(config.Statistic === undefined
    ? { ExtendedStatistic: config.ExtendedStatistic }
    : { Statistic: config.Statistic.toUpperCase() }),
  Unit: config.Unit ?? null,
  Dimensions: (config.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
  Period: config.Period,
  EvaluationPeriods: config.EvaluationPeriods,
  ...(config.DatapointsToAlarm === undefined ? {} : { DatapointsToAlarm: config.DatapointsToAlarm }),
  ComparisonOperator: config.ComparisonOperator,
  Threshold: config.Threshold,
  TreatMissingData: config.TreatMissingData ?? 'missing',
  EvaluateLowSampleCountPercentile: config.EvaluateLowSampleCountPercentile ?? '',
});

/** Of a composite's reason data, in the notification's own names. */
function triggeringChildren({ reasonData = '{}' }: StateChange): object[] {
  const { triggeringAlarms = [] } = JSON.parse(reasonData) as {
    triggeringAlarms?: { arn: string; state: { value: string; timestamp: string } }[];
  };
  return triggeringAlarms.map(({ arn, state }) => ({
    Arn: arn,
    State: { Value: state.value, Timestamp: state.timestamp },
  }));
}

const REGION_NAMES: Readonly<Record<string, string>> = {
  'eu-central-1': 'EU (Frankfurt)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-2': 'US West (Oregon)',
};
