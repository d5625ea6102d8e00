import { AwsError, notModelled } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteMessageBatch } from './delete-message-batch.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import type { Message, MessageAttributes } from './message.ts';
import { Queue, type QueueAttributes } from './queue.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';

/** Standard queues, in memory. */
export class Sqs implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #world: World;
  readonly #queues = new Map<string, Queue>();

  constructor(world: World) {
    this.#world = world;
    this.operations = {
      DeleteMessage: deleteMessage(this),
      DeleteMessageBatch: deleteMessageBatch(this),
      GetQueueAttributes: getQueueAttributes(this, world),
      ReceiveMessage: receiveMessage(this, world),
      SendMessage: sendMessage(this),
    };
  }

  createQueue(name: string, attributes: QueueAttributes = {}): Queue {
    if (name.endsWith('.fifo')) throw notModelled('A FIFO queue');
    const queue = new Queue(this.#world, name, attributes);
    this.#queues.set(name, queue);
    return queue;
  }

  /**
   * @param where the queue's name, ARN or URL
   * @throws AwsError QueueDoesNotExist
   */
  queue(where: string): Queue {
    const queue = this.#queues.get(where.split(/[:/]/).at(-1)!);
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  /** Puts a message straight into a queue, as the world outside would. */
  send(queueArn: string, body: string, attributes: MessageAttributes = {}): Message {
    return this.queue(queueArn).send({ body, attributes });
  }

  /** Every message in a queue that is not deleted, visible or not, oldest first. */
  messages(where: string): readonly Message[] {
    return this.queue(where).all();
  }

  /** Receives and hides messages; those that were received too often go to the dead-letter queue instead. */
  receive(queue: Queue, most: number, visibilitySeconds = queue.visibilitySeconds): Message[] {
    return queue.receive(most, visibilitySeconds, (message) => {
      const dead = this.queue(queue.redrive!.deadLetterTargetArn);
      dead.takeDead(message, queue.arn);
      this.#world.journal.write(
        `sqs/${queue.name}`,
        `gave message ${message.id} up after ${message.receivesHere} receives: it is in ${dead.name} now`,
      );
    });
  }
}
