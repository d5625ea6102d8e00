import type { AlarmConfig, AlarmState } from './alarm-config.ts';

/** One period's value, or undefined where nothing was measured. */
export interface Datapoint {
  readonly startMs: number;
  readonly value: number | undefined;
  readonly sampleCount: number;
}

export interface Verdict {
  readonly state: AlarmState;
  /** The datapoints that decided, newest first. */
  readonly evaluated: readonly Datapoint[];
  /** How many missing datapoints were stood in for by `TreatMissingData`. */
  readonly filled: number;
}

/**
 * CloudWatch looks at more periods than it evaluates ("evaluation range"), so
 * that a late or missing datapoint need not be invented. Its guide shows 5 for
 * 3 evaluation periods and gives no formula; two more is assumed throughout.
 */
export const evaluationRange = (config: AlarmConfig): number => config.EvaluationPeriods + 2;

/**
 * The state that these datapoints call for.
 *
 * @param range the evaluation range, newest first
 * @param current the state that `TreatMissingData: ignore` keeps
 * Source: CloudWatch user guide, "How alarm state is evaluated when data is missing" and its two tables.
 */
export function evaluateAlarm(
  config: AlarmConfig,
  range: readonly Datapoint[],
  current: AlarmState,
): Verdict {
  const needed = config.EvaluationPeriods;
  const toAlarm = config.DatapointsToAlarm ?? needed;
  const evaluated = range.filter(({ value }) => value !== undefined).slice(0, needed);
  const filled = needed - evaluated.length;
  const breaching = evaluated.filter(({ value }) => breaches(config, value!));
  const verdict = (state: AlarmState): Verdict => ({ state, evaluated, filled });

  if (breaching.length >= toAlarm) return verdict('ALARM');
  if (filled === 0) return verdict('OK');

  switch (config.TreatMissingData ?? 'missing') {
    case 'notBreaching':
      return verdict('OK');
    case 'breaching':
      return verdict(breaching.length + filled >= toAlarm ? 'ALARM' : 'OK');
    case 'ignore':
      return verdict(evaluated.length > breaching.length ? 'OK' : current);
    default: {
      if (evaluated.length > breaching.length) return verdict('OK');
      // "The oldest breaching datapoint is at least as old as Datapoints to Alarm, and all
      // more recent ones are breaching or missing": enough for ALARM, says the guide.
      const oldest = breaching.at(-1);
      const age = oldest === undefined ? 0 : range.indexOf(oldest) + 1;
      return verdict(age >= toAlarm ? 'ALARM' : 'INSUFFICIENT_DATA');
    }
  }
}

export function breaches(config: AlarmConfig, value: number): boolean {
  switch (config.ComparisonOperator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= config.Threshold;
    case 'GreaterThanThreshold':
      return value > config.Threshold;
    case 'LessThanThreshold':
      return value < config.Threshold;
    default:
      return value <= config.Threshold;
  }
}
