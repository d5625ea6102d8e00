import {
  allEverywhere,
  arn,
  each,
  type Input,
  keyUse,
  type Need,
  type Needs,
  type NeedsTable,
  one,
  passRole,
} from './need.ts';

// Queues, topics and events.

/** Whoever sends to an encrypted queue or topic uses its key for that. */
const writing = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

/** `https://sqs.<region>.amazonaws.com/<account>/<name>` */
const queue =
  (action: string, ...keyActions: readonly string[]): Needs =>
  (input, ids) => {
    const resource = arn('sqs', ids, String(input.QueueUrl).split('/').at(-1) ?? '*');
    return [...one(`sqs:${action}`, resource), ...keyUse(resource, ids, ...keyActions)];
  };

const queueByName =
  (action: string): Needs =>
  (input, ids) =>
    one(`sqs:${action}`, arn('sqs', ids, input.QueueName));

/** Batches are allowed by the action of one message. */
export const sqsNeeds: NeedsTable = {
  ...each(
    [
      'ChangeMessageVisibility',
      'DeleteMessage',
      'DeleteQueue',
      'GetQueueAttributes',
      'ListDeadLetterSourceQueues',
      'ListQueueTags',
      'PurgeQueue',
      'SetQueueAttributes',
      'TagQueue',
      'UntagQueue',
    ],
    queue,
  ),
  ChangeMessageVisibilityBatch: queue('ChangeMessageVisibility'),
  DeleteMessageBatch: queue('DeleteMessage'),
  ReceiveMessage: queue('ReceiveMessage', 'kms:Decrypt'),
  SendMessage: queue('SendMessage', ...writing),
  SendMessageBatch: queue('SendMessage', ...writing),
  CreateQueue: queueByName('CreateQueue'),
  GetQueueUrl: queueByName('GetQueueUrl'),
  ...allEverywhere('sqs', 'ListQueues'),
};

const topic =
  (action: string, ...keyActions: readonly string[]): Needs =>
  ({ TopicArn, TargetArn }, ids) => {
    const resource: string = TopicArn ?? TargetArn ?? '*';
    return [...one(`sns:${action}`, resource), ...keyUse(resource, ids, ...keyActions)];
  };

export const snsNeeds: NeedsTable = {
  ...each(
    ['DeleteTopic', 'GetTopicAttributes', 'ListSubscriptionsByTopic', 'SetTopicAttributes', 'Subscribe'],
    topic,
  ),
  Publish: topic('Publish', ...writing),
  PublishBatch: topic('Publish', ...writing),
  CreateTopic: ({ Name }, ids) => one('sns:CreateTopic', arn('sns', ids, Name)),
  ...each(
    ['ListTagsForResource', 'TagResource', 'UntagResource'],
    (action) =>
      ({ ResourceArn }) =>
        one(`sns:${action}`, ResourceArn),
  ),
  ...allEverywhere('sns', 'ListSubscriptions', 'ListTopics', 'Unsubscribe'),
};

/** Rules of the default bus are `rule/<name>`, of others `rule/<bus>/<name>`. */
const ruleArn = (ids: Parameters<Needs>[1], name: unknown, bus: unknown): string => {
  const busName = String(bus ?? 'default')
    .split('/')
    .at(-1);
  return arn('events', ids, busName === 'default' ? `rule/${name}` : `rule/${busName}/${name}`);
};

const rule =
  (action: string): Needs =>
  (input, ids) =>
    one(`events:${action}`, ruleArn(ids, input.Name ?? input.Rule, input.EventBusName));

const busArn = (ids: Parameters<Needs>[1], bus: unknown): string =>
  String(bus).startsWith('arn:') ? String(bus) : arn('events', ids, `event-bus/${bus}`);

export const eventsNeeds: NeedsTable = {
  ...each(
    ['DeleteRule', 'DescribeRule', 'DisableRule', 'EnableRule', 'ListTargetsByRule', 'RemoveTargets'],
    rule,
  ),
  PutRule: (input, ids) => [
    ...rule('PutRule')(input, ids),
    ...passRole(input.RoleArn, 'events.amazonaws.com'),
  ],
  PutTargets: (input, ids) => [
    ...rule('PutTargets')(input, ids),
    ...(input.Targets ?? []).flatMap((target: Input) => passRole(target.RoleArn, 'events.amazonaws.com')),
  ],
  PutEvents: (input, ids) => {
    const needs = (input.Entries ?? []).map((entry: Input) => ({
      action: 'events:PutEvents',
      resource: busArn(ids, entry.EventBusName ?? 'default'),
      context: { 'events:source': String(entry.Source), 'events:detail-type': String(entry.DetailType) },
    }));
    return [...new Map<string, Need>(needs.map((need: Need) => [JSON.stringify(need), need])).values()];
  },
  ...each(
    ['CreateEventBus', 'DeleteEventBus', 'DescribeEventBus'],
    (action) =>
      ({ Name = 'default' }, ids) =>
        one(`events:${action}`, busArn(ids, Name)),
  ),
  ...each(
    ['PutPermission', 'RemovePermission'],
    (action) =>
      ({ EventBusName = 'default' }, ids) =>
        one(`events:${action}`, busArn(ids, EventBusName)),
  ),
  ...each(
    ['ListTagsForResource', 'TagResource', 'UntagResource'],
    (action) =>
      ({ ResourceARN }) =>
        one(`events:${action}`, ResourceARN),
  ),
  ...allEverywhere('events', 'ListEventBuses', 'ListRuleNamesByTarget', 'ListRules', 'TestEventPattern'),
};
