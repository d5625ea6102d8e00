import type { Call } from '../../door.ts';
import type { Caller } from '../../service.ts';
import type { Rule, Target } from './rule.ts';

const PRINCIPAL = 'events.amazonaws.com';

const serviceOf = (arn: string): string => arn.split(':')[2] ?? '';

export const isModelled = (arn: string): boolean =>
  ['sqs', 'states', 'lambda', 'sns'].includes(serviceOf(arn));

/** The call with which EventBridge hands an event to a target. */
export const targetCall = (rule: Rule, target: Target, input: string, executionName: () => string): Call => {
  const caller: Caller = { arn: target.RoleArn ?? PRINCIPAL, via: 'service', sourceArn: rule.arn };
  const { Arn } = target;
  switch (serviceOf(Arn)) {
    case 'sqs':
      return sendMessage(rule, Arn, { MessageBody: input });
    case 'sns':
      return { service: 'sns', operation: 'Publish', input: { TopicArn: Arn, Message: input }, caller };
    case 'lambda':
      return {
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName: Arn, InvocationType: 'Event', Payload: input },
        caller,
      };
    default:
      return {
        service: 'stepfunctions',
        operation: 'StartExecution',
        input: { stateMachineArn: Arn, name: executionName(), input },
        caller,
      };
  }
};

/** A message to a queue, as target or as dead-letter queue: the queue's policy has to allow the rule. */
export const sendMessage = (rule: Rule, queueArn: string, message: Record<string, unknown>): Call => {
  const [, , , region, account, name] = queueArn.split(':');
  return {
    service: 'sqs',
    operation: 'SendMessage',
    input: { QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`, ...message },
    caller: { arn: PRINCIPAL, via: 'service', sourceArn: rule.arn },
  };
};
