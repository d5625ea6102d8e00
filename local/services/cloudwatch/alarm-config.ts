import { AwsError, notModelled } from '../../aws-error.ts';
import { isKnownStatistic } from './distribution.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What every kind of alarm may be told. */
export interface CommonAlarmConfig {
  readonly AlarmName: string;
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly OKActions?: readonly string[];
  readonly AlarmActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
}

/** What `PutMetricAlarm` says about one alarm, in AWS's own names. */
export interface AlarmConfig extends CommonAlarmConfig {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  /** Seconds. */
  readonly Period: number;
  readonly Unit?: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: 'missing' | 'notBreaching' | 'breaching' | 'ignore';
  readonly EvaluateLowSampleCountPercentile?: string;
}

export const statisticOf = (config: AlarmConfig): string => config.Statistic ?? config.ExtendedStatistic!;

const COMPARISONS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];

/**
 * Refuses what CloudWatch refuses, and names what only this stand-in cannot do.
 * Source: cloudwatch model (member texts); the wording of the messages is ours.
 */
export function checkAlarmConfig(input: Partial<AlarmConfig>): AlarmConfig {
  const { Metrics, EvaluationCriteria } = input as { Metrics?: unknown; EvaluationCriteria?: unknown };
  if (Metrics !== undefined || EvaluationCriteria !== undefined) {
    throw notModelled('An alarm on metric math or PromQL');
  }
  for (const member of [
    'MetricName',
    'Namespace',
    'Period',
    'EvaluationPeriods',
    'Threshold',
    'ComparisonOperator',
  ] as const) {
    if (input[member] === undefined)
      throw validationError(`The parameter ${member} is required for a metric alarm.`);
  }
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
    throw validationError('Exactly one of Statistic and ExtendedStatistic is required for a metric alarm.');
  }
  const config = input as AlarmConfig;
  const statistic = statisticOf(config);
  if (!isKnownStatistic(statistic)) throw notModelled(`The statistic ${statistic}`);
  if (!COMPARISONS.includes(config.ComparisonOperator)) {
    throw notModelled(`The anomaly detection operator ${config.ComparisonOperator}`);
  }
  if (config.Period % 60 !== 0 && ![10, 20, 30].includes(config.Period)) {
    throw validationError('Period must be 10, 20, 30 or a multiple of 60.');
  }
  if (config.Period % 60 !== 0) throw notModelled('A high-resolution alarm (Period below 60)');
  // CloudWatch would look at the datapoints of this unit alone, and nothing here remembers units.
  if (config.Unit !== undefined) throw notModelled("An alarm's Unit");
  if (config.EvaluateLowSampleCountPercentile === 'ignore') {
    throw notModelled('EvaluateLowSampleCountPercentile: ignore');
  }
  if ((config.DatapointsToAlarm ?? 1) > config.EvaluationPeriods) {
    throw validationError('DatapointsToAlarm must not be greater than EvaluationPeriods.');
  }
  if (config.Period * config.EvaluationPeriods > 86_400 * (config.Period >= 3600 ? 7 : 1)) {
    throw validationError(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    );
  }
  return config;
}

/** CloudWatch's own code for a refused parameter. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);
