import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import type { Aws } from '../../aws.ts';
import type { CallCase, Json } from '../../case.ts';
import { makeOpenQueue, nextMessage } from '../sqs/queues.ts';
import { anyMachine, asl, latestOf, makeMachine, mayStart } from '../stepfunctions/machines.ts';
import { makeRule, ruleArn } from './rules.ts';

const anEvent = (detail: object) =>
  JSON.stringify({
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'Asked',
    source: 'signalbox.conform',
    account: '123456789012',
    time: '2026-11-20T10:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  });

const send = (aws: Aws, detail: object) =>
  aws.client(EventBridgeClient).send(
    new PutEventsCommand({
      Entries: [
        {
          Source: 'signalbox.conform',
          DetailType: 'Asked',
          Detail: JSON.stringify({ prefix: aws.prefix, ...detail }),
        },
      ],
    }),
  );

export const eventsCases: readonly CallCase[] = [
  {
    id: 'events/anything-but-an-absent-field',
    title: '`anything-but` and a field that is absent',
    service: 'events',
    asks: 'whether `anything-but` matches an event that lacks the field',
    assumed: 'it does not match',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const events = aws.client(EventBridgeClient);
      const matches = async (operator: object, detail: object): Promise<boolean> => {
        const EventPattern = JSON.stringify({ source: ['signalbox.conform'], detail: { a: [operator] } });
        const { Result } = await events.send(
          new TestEventPatternCommand({ EventPattern, Event: anEvent(detail) }),
        );
        return Result!;
      };
      return {
        value: await matches({ 'anything-but': ['x'] }, { a: 'y' }),
        sameValue: await matches({ 'anything-but': ['x'] }, { a: 'x' }),
        absent: await matches({ 'anything-but': ['x'] }, {}),
        null: await matches({ 'anything-but': ['x'] }, { a: null }),
        absentWithPrefix: await matches({ 'anything-but': { prefix: 'x' } }, {}),
        absentWithSuffix: await matches({ 'anything-but': { suffix: 'x' } }, {}),
      };
    },
  },
  {
    id: 'events/refusals',
    title: 'What EventBridge refuses, and what it takes without a word',
    service: 'events',
    asks: 'codes and texts of broken patterns and unknown rules; an entry that fails beside one that does not',
    assumed:
      '`InvalidEventPatternException`, `ResourceNotFoundException`; failed entries stand in a 200 answer',
    cost: { usd: 0.0001, minutes: 1 },
    async run(aws) {
      const events = aws.client(EventBridgeClient);
      const test = (EventPattern: string) =>
        aws.refusal(events.send(new TestEventPatternCommand({ EventPattern, Event: anEvent({}) })));
      const sent = await events.send(
        new PutEventsCommand({
          Entries: [
            { Source: 'signalbox.conform', DetailType: 'Asked', Detail: '{' },
            { Source: 'signalbox.conform', DetailType: 'Asked', Detail: '{}' },
            { DetailType: 'Asked', Detail: '{}' },
            {
              Source: 'signalbox.conform',
              DetailType: 'Asked',
              Detail: '{}',
              EventBusName: aws.name('no-bus'),
            },
          ],
        }),
      );
      return {
        noJson: await test('{'),
        noList: await test('{"source":"x"}'),
        emptyPattern: await test('{}'),
        unknownOperator: await test('{"source":[{"like":"x"}]}'),
        failed: sent.FailedEntryCount!,
        entries: sent.Entries!.map(({ EventId, ErrorCode = null, ErrorMessage = null }) => ({
          taken: EventId !== undefined,
          ErrorCode,
          ErrorMessage,
        })),
        unknownRule: await aws.refusal(
          events.send(
            new PutTargetsCommand({
              Rule: aws.name('gone'),
              Targets: [{ Id: '1', Arn: 'arn:aws:sqs:eu-west-1:123456789012:q' }],
            }),
          ),
        ),
      };
    },
  },
  {
    id: 'events/rule-to-queue',
    title: 'A rule carries an event to a queue',
    service: 'events',
    asks: 'the envelope of an own event, and that a rule with a target cannot be deleted',
    assumed: 'the envelope as documented; `ValidationException` for the rule',
    cost: { usd: 0.0005, minutes: 2 },
    async run(aws) {
      const { url, arn } = await makeOpenQueue(aws, 'events.amazonaws.com', ruleArn(aws));
      await makeRule(aws, { arn });
      await aws.sleep(20);
      await send(aws, { n: 1.0, text: 'ä' });
      const { body } = await nextMessage(aws, url);
      const refused = await aws.refusal(
        aws.client(EventBridgeClient).send(new DeleteRuleCommand({ Name: aws.name('rule') })),
      );
      return { keys: Object.keys(JSON.parse(body)), event: JSON.parse(body) as Json, refused };
    },
  },
  {
    id: 'events/name-of-a-started-execution',
    title: 'An execution that a rule started has a name of EventBridge’s making',
    service: 'events',
    asks: 'the form of the name: how many parts, of what',
    assumed: 'one id',
    cost: { usd: 0.0005, minutes: 2 },
    needs: {
      roles: {
        ...anyMachine.roles,
        rule: [mayStart],
      },
    },
    async run(aws) {
      const machine = await makeMachine(aws, asl({ Done: { Type: 'Succeed' } }));
      await makeRule(aws, { arn: machine, roleArn: aws.role('rule') });
      await aws.sleep(20);
      await send(aws, {});
      const execution = await aws.until('an execution starts', () => latestOf(aws, machine), { minutes: 3 });
      return { name: execution.name! };
    },
  },
];
