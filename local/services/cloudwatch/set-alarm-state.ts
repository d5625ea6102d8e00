import { AwsError } from '../../aws-error.ts';
import type { AlarmState } from './alarm-config.ts';
import type { CloudWatch } from './cloudwatch.ts';

interface SetAlarmStateInput {
  readonly AlarmName: string;
  readonly StateValue: AlarmState;
  readonly StateReason: string;
  readonly StateReasonData?: string;
}

/** Puts an alarm into a state until its next evaluation. A metric alarm returns within about a minute. */
export function setAlarmState(cloudwatch: CloudWatch, input: SetAlarmStateInput): Record<string, never> {
  const alarm = cloudwatch.alarms.get(input.AlarmName);
  // CloudWatch says no word more here.
  if (alarm === undefined) throw new AwsError('ResourceNotFound', '', 404);
  if (input.StateReasonData !== undefined && !isJson(input.StateReasonData)) {
    throw new AwsError('InvalidFormat', 'StateReasonData is not valid JSON.');
  }
  alarm.setState(input.StateValue, input.StateReason, input.StateReasonData);
  return {};
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
