import type { Call } from '../../door.ts';
import type { World } from '../../world.ts';
import type { Schedule } from './schedule.ts';

/** One moment of a schedule, and one attempt at its target. */
export interface Invocation {
  readonly executionId: string;
  /** Epoch milliseconds: when it was due, whatever the window or a failure made of it. */
  readonly dueMs: number;
  /** The first is 1. */
  readonly attempt: number;
}

const TARGETS = /^arn:aws:(?:sqs|states|lambda|sns|events):/;

/** Targets that the API has parameters for, and of those the ones that are here. */
export const isModelled = (arn: string): boolean => TARGETS.test(arn);

/** These take JSON alone. */
export const needsJson = (arn: string): boolean => /^arn:aws:(?:states|lambda|events):/.test(arn);

/** The call with which Scheduler wakes a target, in the schedule's own role. */
export function targetCall(world: World, schedule: Schedule, invocation: Invocation): Call {
  const { Target } = schedule.input;
  const input = filledIn(Target.Input ?? notification(world, schedule, invocation), schedule, invocation);
  const caller = { arn: Target.RoleArn, via: 'service', sourceArn: schedule.arn } as const;
  switch (Target.Arn.split(':')[2]) {
    case 'sqs':
      return sendMessage(schedule, Target.Arn, { MessageBody: input, ...Target.SqsParameters });
    case 'sns':
      return {
        service: 'sns',
        operation: 'Publish',
        input: { TopicArn: Target.Arn, Message: input },
        caller,
      };
    case 'lambda': {
      const request = { FunctionName: Target.Arn, InvocationType: 'Event', Payload: input };
      return { service: 'lambda', operation: 'Invoke', input: request, caller };
    }
    case 'events': {
      const entry = { ...Target.EventBridgeParameters, EventBusName: Target.Arn, Detail: input };
      return { service: 'events', operation: 'PutEvents', input: { Entries: [entry] }, caller };
    }
    default: {
      const request = { stateMachineArn: Target.Arn, name: invocation.executionId, input };
      return { service: 'stepfunctions', operation: 'StartExecution', input: request, caller };
    }
  }
}

/** A message to a queue, as target or as dead-letter queue: both in the schedule's role. */
export function sendMessage(schedule: Schedule, queueArn: string, message: object): Call {
  const [, , , region, account, name] = queueArn.split(':');
  return {
    service: 'sqs',
    operation: 'SendMessage',
    input: { QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`, ...message },
    caller: { arn: schedule.input.Target.RoleArn, via: 'service', sourceArn: schedule.arn },
  };
}

/** Source: EventBridge Scheduler user guide, "Adding context attributes". */
export const filledIn = (
  text: string,
  { arn }: Schedule,
  { executionId, dueMs, attempt }: Invocation,
): string =>
  text
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', inSeconds(dueMs))
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));

/** What a target gets that is told no input. */
const notification = ({ accountId, region }: World, { arn }: Schedule, { executionId, dueMs }: Invocation) =>
  JSON.stringify({
    version: '0',
    id: executionId,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: inSeconds(dueMs),
    region,
    resources: [arn],
    detail: '{}',
  });

export const inSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
