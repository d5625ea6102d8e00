import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Aws } from '../../aws.ts';

export interface QueuePlace {
  readonly url: string;
  readonly arn: string;
}

/** Makes a queue, which is taken away at the end. */
export const makeQueue = async (
  aws: Aws,
  suffix: string,
  attributes: Partial<Record<QueueAttributeName, string>> = {},
): Promise<QueuePlace> => {
  const sqs = aws.client(SQSClient);
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: aws.name(suffix), Attributes: attributes, tags: aws.tagMap }),
  );
  const url = QueueUrl!;
  aws.later(`queue ${aws.name(suffix)}`, () => sqs.send(new DeleteQueueCommand({ QueueUrl: url })));
  // A queue may not be used for a second after it was made.
  await aws.sleep(1);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { url, arn: Attributes!.QueueArn! };
};

/** A queue to which a service may send on behalf of one resource. */
export const makeOpenQueue = (aws: Aws, service: string, sourceArn: string): Promise<QueuePlace> => {
  const arn = `arn:aws:sqs:${aws.region}:${aws.accountId}:${aws.name('queue')}`;
  return makeQueue(aws, 'queue', { Policy: sendableBy(service, arn, sourceArn) });
};

export const receive = async (aws: Aws, url: string): Promise<Message[]> => {
  const { Messages = [] } = await aws.client(SQSClient).send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
};

/** The next message; it is taken out of the queue. */
export const nextMessage = async (
  aws: Aws,
  url: string,
  minutes = 3,
): Promise<{ body: string; message: Message }> => {
  const message = await aws.until('a message comes', async () => (await receive(aws, url))[0], {
    minutes,
    everySeconds: 2,
  });
  await aws
    .client(SQSClient)
    .send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle! }));
  return { body: message.Body!, message };
};

const sendableBy = (service: string, queueArn: string, sourceArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
      },
    ],
  });
