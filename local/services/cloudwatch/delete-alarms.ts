import { AwsError } from '../../aws-error.ts';
import type { CloudWatch } from './cloudwatch.ts';

/** All or none: one name that does not exist keeps every alarm. Source: cloudwatch model, `DeleteAlarms`. */
export function deleteAlarms(
  cloudwatch: CloudWatch,
  input: { AlarmNames: readonly string[] },
): Record<string, never> {
  const unknown = input.AlarmNames.filter((name) => !cloudwatch.alarms.has(name));
  if (unknown.length > 0) {
    throw new AwsError('ResourceNotFound', `Could not find alarm(s) [${unknown.join(', ')}].`, 404);
  }
  for (const name of input.AlarmNames) cloudwatch.removeAlarm(name);
  return {};
}
