import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { World } from '../../world.ts';
import type { Message, MessageAttributes } from './message.ts';
import { QueueMetrics } from './queue-metrics.ts';

/** A queue's settings in CloudFormation's and the API's names; times in seconds. */
export interface QueueAttributes {
  readonly VisibilityTimeout?: number | string;
  readonly DelaySeconds?: number | string;
  readonly MessageRetentionPeriod?: number | string;
  readonly ReceiveMessageWaitTimeSeconds?: number | string;
  readonly RedrivePolicy?: string | RedrivePolicy;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number | string;
}

export interface Sending {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly senderId?: string;
  readonly delaySeconds?: number;
}

/** A standard queue. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilitySeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly waitSeconds: number;
  readonly redrive?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };

  readonly #world: World;
  readonly #ids: Random;
  readonly #messages = new Map<string, Message>();
  readonly #listeners = new Set<() => void>();
  readonly #metrics: QueueMetrics;

  constructor(world: World, name: string, attributes: QueueAttributes) {
    this.#world = world;
    this.#ids = world.random.stream(`sqs/${name}`);
    this.name = name;
    this.arn = `arn:aws:sqs:${world.region}:${world.accountId}:${name}`;
    this.url = `https://sqs.${world.region}.amazonaws.com/${world.accountId}/${name}`;
    this.visibilitySeconds = Number(attributes.VisibilityTimeout ?? 30);
    this.delaySeconds = Number(attributes.DelaySeconds ?? 0);
    this.retentionSeconds = Number(attributes.MessageRetentionPeriod ?? 345_600);
    this.waitSeconds = Number(attributes.ReceiveMessageWaitTimeSeconds ?? 0);
    const policy = attributes.RedrivePolicy;
    const redrive = typeof policy === 'string' ? (JSON.parse(policy) as RedrivePolicy) : policy;
    this.#metrics = new QueueMetrics(world, name, () => ({
      visible: this.#visible(world.clock.now()).length,
      all: this.#messages.size,
    }));
    if (redrive) this.redrive = { ...redrive, maxReceiveCount: Number(redrive.maxReceiveCount) };
  }

  send({ body, attributes = {}, senderId = '', delaySeconds = this.delaySeconds }: Sending): Message {
    const sentMs = this.#world.clock.now();
    const message: Message = {
      id: this.#ids.uuid(),
      body,
      attributes,
      senderId: senderId || this.#world.accountId,
      sentMs,
      receiveCount: 0,
      receivesHere: 0,
      visibleMs: sentMs + delaySeconds * 1000,
    };
    this.#add(message);
    return message;
  }

  /** Takes in a message that another queue gave up; it keeps its id, its age and its count. */
  takeDead(message: Message, sourceArn: string): void {
    const { receiptHandle: _handle, timer: _timer, ...kept } = message;
    this.#add({
      ...kept,
      deadLetterSourceArn: sourceArn,
      receivesHere: 0,
      visibleMs: this.#world.clock.now(),
    });
  }

  /**
   * Hands out up to `most` messages and hides them for a while. Messages that
   * were received too often go to the dead-letter queue at this moment, as in SQS.
   */
  receive(most: number, visibilitySeconds: number, moveToDeadLetters: (message: Message) => void): Message[] {
    const nowMs = this.#world.clock.now();
    const received: Message[] = [];
    for (const message of this.#visible(nowMs)) {
      if (received.length === most) break;
      if (this.redrive && message.receivesHere >= this.redrive.maxReceiveCount) {
        this.#remove(message);
        moveToDeadLetters(message);
        continue;
      }
      message.receiveCount += 1;
      message.receivesHere += 1;
      message.firstReceivedMs ??= nowMs;
      message.visibleMs = nowMs + visibilitySeconds * 1000;
      message.receiptHandle = Buffer.from(`${message.id} ${this.#ids.hex(32)}`).toString('base64');
      this.#announce(message);
      received.push(message);
    }
    return received;
  }

  /**
   * Deletes by receipt handle. An older handle of a message that was received
   * again is accepted and deletes nothing, as in SQS.
   *
   * @throws AwsError ReceiptHandleIsInvalid
   */
  delete(receiptHandle: string): void {
    const [id = '', rest] = Buffer.from(receiptHandle, 'base64').toString().split(' ');
    if (rest === undefined || id.length !== 36) {
      throw new AwsError(
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
      );
    }
    const message = this.#messages.get(id);
    if (message?.receiptHandle === receiptHandle) this.#remove(message);
  }

  /** Every message that is not deleted, visible or not, oldest first. */
  all(): readonly Message[] {
    return [...this.#messages.values()];
  }

  /**
   * Calls `listener` whenever a message can be received: now, after its delay,
   * or after it came back. Only queues that are listened to keep the clock going.
   */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    for (const message of this.#messages.values()) this.#announce(message);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      for (const message of this.#messages.values()) message.timer?.cancel();
    };
  }

  #visible(nowMs: number): Message[] {
    const visible: Message[] = [];
    for (const message of this.#messages.values()) {
      if (nowMs - message.sentMs > this.retentionSeconds * 1000) this.#remove(message);
      else if (message.visibleMs <= nowMs) visible.push(message);
    }
    return visible.sort((one, other) => one.visibleMs - other.visibleMs);
  }

  #add(message: Message): void {
    this.#messages.set(message.id, message);
    this.#announce(message);
    this.#metrics.tellWhileFilled();
  }

  #remove(message: Message): void {
    message.timer?.cancel();
    this.#messages.delete(message.id);
  }

  #announce(message: Message): void {
    message.timer?.cancel();
    if (this.#listeners.size === 0) return;
    message.timer = this.#world.clock.at(message.visibleMs, () => {
      for (const listener of [...this.#listeners]) listener();
    });
  }
}
