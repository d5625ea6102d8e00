import { AwsError, notModelled } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { changeMessageVisibility, changeMessageVisibilityBatch } from './change-message-visibility.ts';
import { createQueue } from './create-queue.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteMessageBatch } from './delete-message-batch.ts';
import { deleteQueue } from './delete-queue.ts';
import { getQueueAttributes } from './get-queue-attributes.ts';
import { getQueueUrl } from './get-queue-url.ts';
import { listQueues } from './list-queues.ts';
import type { Message, MessageAttributes } from './message.ts';
import { purgeQueue } from './purge-queue.ts';
import { Queue } from './queue.ts';
import { checkRedrive, type QueueAttributes } from './queue-attributes.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage } from './send-message.ts';
import { sendMessageBatch } from './send-message-batch.ts';
import { setQueueAttributes } from './set-queue-attributes.ts';

/** Standard queues, in memory. */
export class Sqs implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #world: World;
  readonly #queues = new Map<string, Queue>();
  /** The attributes that each queue was asked for. */
  readonly #asked = new Map<string, QueueAttributes>();
  /** When each name became free. Epoch milliseconds. */
  readonly #deletedMs = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    this.operations = {
      ChangeMessageVisibility: changeMessageVisibility(this),
      ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(this),
      CreateQueue: createQueue(this, world),
      DeleteMessage: deleteMessage(this),
      DeleteMessageBatch: deleteMessageBatch(this),
      DeleteQueue: deleteQueue(this),
      GetQueueAttributes: getQueueAttributes(this, world),
      GetQueueUrl: getQueueUrl(this),
      ListQueues: listQueues(this),
      PurgeQueue: purgeQueue(this, world),
      ReceiveMessage: receiveMessage(this, world),
      SendMessage: sendMessage(this),
      SendMessageBatch: sendMessageBatch(this),
      SetQueueAttributes: setQueueAttributes(this, world),
    };
  }

  /** @throws AwsError QueueDeletedRecently, and InvalidParameterValue for a dead-letter queue that is not there */
  createQueue(name: string, attributes: QueueAttributes = {}): Queue {
    if (name.endsWith('.fifo')) throw notModelled('A FIFO queue');
    this.#checkRedrive(attributes);
    if (this.#world.clock.now() < (this.#deletedMs.get(name) ?? Number.NEGATIVE_INFINITY) + 60_000) {
      throw new AwsError(
        'QueueDeletedRecently',
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
      );
    }
    const queue = new Queue(this.#world, name, attributes);
    this.#queues.set(name, queue);
    this.#asked.set(name, attributes);
    return queue;
  }

  /** Changes what is named and leaves the rest. @throws AwsError InvalidParameterValue */
  setAttributes(queue: Queue, attributes: QueueAttributes): void {
    this.#checkRedrive(attributes);
    queue.set(attributes);
  }

  #checkRedrive({ RedrivePolicy: policy }: QueueAttributes): void {
    if (policy === undefined) return;
    checkRedrive(policy, (arn) => [...this.#queues.values()].some((queue) => queue.arn === arn));
  }

  /** A queue that is there, with the attributes it was asked for. */
  existing(
    name: string,
  ): { readonly queue: Queue; readonly asked: Readonly<Record<string, unknown>> } | undefined {
    const queue = this.#queues.get(name);
    return queue && { queue, asked: { ...this.#asked.get(name) } };
  }

  /** @throws AwsError QueueDoesNotExist */
  deleteQueue(where: string): void {
    const { name } = this.queue(where);
    this.#queues.delete(name);
    this.#deletedMs.set(name, this.#world.clock.now());
  }

  names(): string[] {
    return [...this.#queues.keys()];
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
