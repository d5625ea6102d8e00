import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { CallCase } from '../../case.ts';
import { makeQueue, receive } from './queues.ts';

export const sqsCases: readonly CallCase[] = [
  {
    id: 'sqs/visibility-and-dead-letters',
    title: 'A message that is not deleted comes back, and goes to the dead-letter queue in the end',
    service: 'sqs',
    asks: 'receive counts, the return after the visibility time, and the move to the dead-letter queue',
    assumed: 'hidden at once, back after the time, moved at the receive after the last one allowed',
    cost: { usd: 0.0005, minutes: 2 },
    async run(aws) {
      const sqs = aws.client(SQSClient);
      const dead = await makeQueue(aws, 'dead');
      const { url } = await makeQueue(aws, 'queue', {
        VisibilityTimeout: '3',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }),
      });
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello' }));
      const next = (from: string) =>
        aws.until('a message comes', async () => (await receive(aws, from))[0], {
          minutes: 2,
          everySeconds: 1,
        });
      const first = await next(url);
      const hidden = (await receive(aws, url)).length;
      const second = await next(url);
      const moved = await aws.until(
        'the message is in the dead-letter queue',
        async () => {
          await receive(aws, url);
          return (await receive(aws, dead.url))[0];
        },
        { minutes: 2, everySeconds: 1 },
      );
      return {
        counts: [first, second, moved].map(({ Attributes }) => Attributes!.ApproximateReceiveCount!),
        hidden,
        sameId: first.MessageId === second.MessageId && second.MessageId === moved.MessageId,
        sameHandle: first.ReceiptHandle === second.ReceiptHandle,
        body: moved.Body!,
        deadLetterAttributes: Object.keys(moved.Attributes!).sort(),
      };
    },
  },
  {
    id: 'sqs/refusals',
    title: 'What a queue refuses',
    service: 'sqs',
    asks: 'codes and texts of unknown queues, wrong handles, empty bodies and a second queue of the name',
    assumed: 'published texts',
    cost: { usd: 0.0005, minutes: 1 },
    async run(aws) {
      const sqs = aws.client(SQSClient);
      const { url } = await makeQueue(aws, 'queue', { VisibilityTimeout: '3' });
      const create = (VisibilityTimeout: string) =>
        sqs.send(
          new CreateQueueCommand({
            QueueName: aws.name('queue'),
            Attributes: { VisibilityTimeout },
            tags: aws.tagMap,
          }),
        );
      return {
        unknownQueue: await aws.refusal(sqs.send(new GetQueueUrlCommand({ QueueName: aws.name('gone') }))),
        emptyBody: await aws.refusal(sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: '' }))),
        wrongHandle: await aws.refusal(
          sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'wrong' })),
        ),
        elevenMessages: await aws.refusal(
          sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 11 })),
        ),
        same: await aws.refusal(create('3')),
        otherAttributes: await aws.refusal(create('4')),
        badName: await aws.refusal(sqs.send(new CreateQueueCommand({ QueueName: 'a b' }))),
      };
    },
  },
];
