import { type AlarmConfig, checkAlarmConfig } from './alarm-config.ts';
import type { CloudWatch } from './cloudwatch.ts';

/** Creates an alarm, or replaces the whole configuration of the one of this name; its state stays. */
export function putMetricAlarm(cloudwatch: CloudWatch, input: Partial<AlarmConfig>): Record<string, never> {
  const { Tags: _tags, ...config } = checkAlarmConfig(input) as AlarmConfig & { Tags?: unknown };
  cloudwatch.putAlarm(config);
  return {};
}
