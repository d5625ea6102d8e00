import { AwsError } from '../../aws-error.ts';
import type { AnyAlarm } from './alarm.ts';
import { validationError } from './alarm-config.ts';
import type { CloudWatch } from './cloudwatch.ts';

interface DescribeAlarmsInput {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly string[];
  readonly ActionPrefix?: string;
  readonly StateValue?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

/**
 * Alarms by name, prefix or state, in the order of their names; unknown names are left out, and
 * composites are told only to who asks for them.
 */
export function describeAlarms(cloudwatch: CloudWatch, input: DescribeAlarmsInput): Record<string, unknown> {
  const { AlarmNames: names, AlarmNamePrefix: prefix, ActionPrefix: action, StateValue: state } = input;
  if (names !== undefined && prefix !== undefined) {
    throw validationError('AlarmNames and AlarmNamePrefix cannot be given together.');
  }
  const types = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const found = [...cloudwatch.alarms.values()]
    .filter(({ kind }) => types.includes(kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'))
    .filter(({ config }) => names?.includes(config.AlarmName) ?? true)
    .filter(({ config }) => config.AlarmName.startsWith(prefix ?? ''))
    .filter(
      ({ config }) =>
        action === undefined || (config.AlarmActions ?? []).some((arn) => arn.startsWith(action)),
    )
    .filter(({ current }) => state === undefined || current.state === state)
    .sort((a, b) => (a.config.AlarmName < b.config.AlarmName ? -1 : 1));
  const from = startOf(input.NextToken);
  const to = from + (input.MaxRecords ?? 50);
  const page = found.slice(from, to);
  return {
    MetricAlarms: page.filter(({ kind }) => kind === 'metric').map(described),
    CompositeAlarms: page.filter(({ kind }) => kind === 'composite').map(described),
    ...(to < found.length ? { NextToken: Buffer.from(String(to)).toString('base64') } : {}),
  };
}

function described(alarm: AnyAlarm): Record<string, unknown> {
  const { config, current } = alarm;
  return {
    ...config,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configUpdatedMs),
    ActionsEnabled: config.ActionsEnabled ?? true,
    OKActions: config.OKActions ?? [],
    AlarmActions: config.AlarmActions ?? [],
    InsufficientDataActions: config.InsufficientDataActions ?? [],
    ...(alarm.kind === 'metric' ? { Dimensions: alarm.config.Dimensions ?? [] } : {}),
    StateValue: current.state,
    StateReason: current.reason,
    ...(current.reasonData === undefined ? {} : { StateReasonData: current.reasonData }),
    StateUpdatedTimestamp: new Date(current.atMs),
    StateTransitionedTimestamp: new Date(current.atMs),
  };
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(start)) throw new AwsError('InvalidNextToken', 'The NextToken value is not valid.');
  return start;
}
