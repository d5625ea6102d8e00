import { type AlarmConfig, type AlarmState, statisticOf } from './alarm-config.ts';
import { breaches, type Verdict } from './evaluate-alarm.ts';

const COMPARISON_WORDS: Record<string, string> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/**
 * Why the alarm is in its state, as CloudWatch words it.
 * Source: StateReason texts in public issue threads and logs (2018 to 2026).
 */
export function alarmReason(config: AlarmConfig, verdict: Verdict, from: AlarmState): string {
  const { evaluated, filled, state } = verdict;
  const needed = config.EvaluationPeriods;
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${counted(needed, 'datapoint')} ${was(needed)} unknown.`;
  const stoodIn = `${counted(filled, 'missing datapoint')} ${was(filled)} treated as [${treatment(config)}]`;
  if (evaluated.length === 0) {
    return `Threshold Crossed: no datapoints were received for ${counted(needed, 'period')} and ${stoodIn}.`;
  }
  const crossing = evaluated.filter(({ value }) => breaches(config, value!) === (state === 'ALARM'));
  const values = crossing.map(({ value, startMs }) => `${double(value!)} (${shortDate(startMs)})`).join(', ');
  const not = state === 'ALARM' ? '' : 'not ';
  const compared = `${was(crossing.length)} ${not}${COMPARISON_WORDS[config.ComparisonOperator]} the threshold (${double(config.Threshold)})`;
  if (filled > 0) {
    return `Threshold Crossed: ${counted(crossing.length, 'datapoint')} [${values}] ${compared} and ${stoodIn}.`;
  }
  if (config.DatapointsToAlarm === undefined) {
    return `Threshold Crossed: ${counted(crossing.length, 'datapoint')} [${values}] ${compared}.`;
  }
  const minimum = state === 'ALARM' ? config.DatapointsToAlarm : needed - config.DatapointsToAlarm + 1;
  return `Threshold Crossed: ${crossing.length} out of the last ${needed} datapoints [${values}] ${compared} (minimum ${counted(minimum, 'datapoint')} for ${from} -> ${state} transition).`;
}

/** The JSON text beside the reason. */
export function alarmReasonData(config: AlarmConfig, verdict: Verdict, atMs: number): string {
  const { evaluated } = verdict;
  const values = evaluated.map(({ value }) => value!);
  return JSON.stringify({
    version: '1.0',
    queryDate: offsetTime(atMs),
    ...(evaluated.length > 0 ? { startDate: offsetTime(evaluated.at(-1)!.startMs) } : {}),
    statistic: statisticOf(config),
    period: config.Period,
    recentDatapoints: values.toReversed(),
    threshold: config.Threshold,
    evaluatedDatapoints: evaluated.map(({ startMs, sampleCount, value }) => ({
      timestamp: offsetTime(startMs),
      sampleCount,
      value,
    })),
  });
}

/** `2026-11-20T10:00:00.000+0000`: alarms write the offset without a colon. */
export const offsetTime = (atMs: number): string => new Date(atMs).toISOString().replace('Z', '+0000');

/** A number as Java prints a double: `1.0`, `0.05`, `1.0E-4`. */
function double(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits, exponent] = value.toExponential().split('e') as [string, string];
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function shortDate(atMs: number): string {
  const [date, time] = new Date(atMs).toISOString().split('T') as [string, string];
  const [year, month, day] = date.split('-') as [string, string, string];
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const was = (count: number): string => (count === 1 ? 'was' : 'were');
const treatment = (config: AlarmConfig): string =>
  ({ notBreaching: 'NonBreaching', breaching: 'Breaching', ignore: 'Ignore', missing: 'Missing' })[
    config.TreatMissingData ?? 'missing'
  ];
