import { notModelled } from '../../aws-error.ts';
import { validationError } from './alarm-config.ts';
import type { CloudWatch } from './cloudwatch.ts';
import type { CompositeAlarmConfig } from './composite-alarm.ts';
import { parseRule } from './composite-rule.ts';

type Input = CompositeAlarmConfig & { readonly ActionsSuppressor?: unknown; readonly Tags?: unknown };

/** Creates a composite alarm or replaces its configuration. @throws AwsError ValidationError */
export function putCompositeAlarm(cloudwatch: CloudWatch, input: Input): Record<string, never> {
  const { Tags: _tags, ...config } = input;
  if (config.ActionsSuppressor !== undefined) throw notModelled('ActionsSuppressor');
  const missing = parseRule(config.AlarmRule).alarmNames.filter((name) => !cloudwatch.alarms.has(name));
  if (missing.length > 0) {
    throw validationError(`AlarmRule refers to alarms that do not exist: ${missing.join(', ')}.`);
  }
  cloudwatch.putCompositeAlarm(config);
  return {};
}
