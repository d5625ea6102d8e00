import type { Call } from '../../door.ts';
import type { Caller } from '../../service.ts';
import type { World } from '../../world.ts';
import type { AnyAlarm, StateChange } from './alarm.ts';
import { alarmEventDetail, alarmNotification } from './alarm-messages.ts';
import { offsetTime } from './alarm-reason.ts';

/**
 * What an alarm does when it changes: publish to a topic, or invoke a function;
 * undefined for actions that are not modelled.
 *
 * Source of the function's event: an alarm of AWS's recorded in public by LocalStack's parity tests.
 */
export function alarmAction(
  world: World,
  alarm: AnyAlarm,
  actionArn: string,
  previous: StateChange,
): Call | undefined {
  switch (actionArn.split(':')[2]) {
    case 'sns': {
      const caller: Caller = { arn: 'cloudwatch.amazonaws.com', via: 'service', sourceArn: alarm.arn };
      const input = { TopicArn: actionArn, ...alarmNotification(world, alarm, previous) };
      return { service: 'sns', operation: 'Publish', input, caller };
    }
    case 'lambda': {
      // Topics know alarms as `cloudwatch`, functions by a principal of the alarms' own.
      const principal = 'lambda.alarms.cloudwatch.amazonaws.com';
      const caller: Caller = { arn: principal, via: 'service', sourceArn: alarm.arn };
      const event = {
        source: 'aws.cloudwatch',
        alarmArn: alarm.arn,
        accountId: world.accountId,
        time: offsetTime(alarm.current.atMs),
        region: world.region,
        alarmData: alarmEventDetail(alarm, previous),
      };
      const input = { FunctionName: actionArn, InvocationType: 'Event', Payload: JSON.stringify(event) };
      return { service: 'lambda', operation: 'Invoke', input, caller };
    }
    default:
      return undefined;
  }
}
