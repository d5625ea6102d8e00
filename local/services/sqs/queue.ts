import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { World } from '../../world.ts';
import type { Message, MessageAttributes } from './message.ts';
import type { QueueAttributes, RedrivePolicy } from './queue-attributes.ts';
import { QueueMetrics } from './queue-metrics.ts';

export interface Sending {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly senderId?: string;
  readonly delaySeconds?: number;
}

const LONGEST_VISIBILITY_SECONDS = 43_200;

/** A standard queue. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  visibilitySeconds = 30;
  delaySeconds = 0;
  retentionSeconds = 345_600;
  waitSeconds = 0;
  redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;

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
    this.#metrics = new QueueMetrics(world, name, () => ({
      visible: this.#visible(world.clock.now()).length,
      all: this.#messages.size,
    }));
    this.set(attributes);
  }

  /** Changes what is named and leaves the rest. */
  set(attributes: QueueAttributes): void {
    this.visibilitySeconds = Number(attributes.VisibilityTimeout ?? this.visibilitySeconds);
    this.delaySeconds = Number(attributes.DelaySeconds ?? this.delaySeconds);
    this.retentionSeconds = Number(attributes.MessageRetentionPeriod ?? this.retentionSeconds);
    this.waitSeconds = Number(attributes.ReceiveMessageWaitTimeSeconds ?? this.waitSeconds);
    const policy = attributes.RedrivePolicy;
    if (policy === undefined) return;
    // An empty text takes the dead-letter queue away.
    const redrive =
      typeof policy === 'string' ? (JSON.parse(policy || 'null') as RedrivePolicy | null) : policy;
    this.redrive = redrive ? { ...redrive, maxReceiveCount: Number(redrive.maxReceiveCount) } : undefined;
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
    const message = this.#message(receiptHandle);
    if (message?.receiptHandle === receiptHandle) this.#remove(message);
  }

  /**
   * Hides a message in flight for `seconds` from now on.
   *
   * @throws AwsError ReceiptHandleIsInvalid, InvalidParameterValue, MessageNotInflight
   */
  hide(receiptHandle: string, seconds: number): void {
    const message = this.#message(receiptHandle);
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_VISIBILITY_SECONDS) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and ${LONGEST_VISIBILITY_SECONDS}, if provided.`,
      );
    }
    const nowMs = this.#world.clock.now();
    if (message?.receiptHandle !== receiptHandle) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    }
    if (message.visibleMs <= nowMs) {
      throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    message.visibleMs = nowMs + seconds * 1000;
    this.#announce(message);
  }

  /** Drops every message, in flight or not. */
  purge(): void {
    for (const message of [...this.#messages.values()]) this.#remove(message);
  }

  /**
   * What a receipt handle names, current or not.
   *
   * @throws AwsError ReceiptHandleIsInvalid
   */
  #message(receiptHandle: string): Message | undefined {
    const [id = '', rest] = Buffer.from(receiptHandle, 'base64').toString().split(' ');
    if (rest === undefined || id.length !== 36) {
      throw new AwsError(
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
      );
    }
    return this.#messages.get(id);
  }

  /** Every message that is not deleted, visible or not, oldest first. */
  all(): readonly Message[] {
    return [...this.#messages.values()];
  }

  /** Whether there is a message, visible or not, whose time is not over. */
  isKeepingAny(): boolean {
    const nowMs = this.#world.clock.now();
    return [...this.#messages.values()].some((message) => !this.#isOver(message, nowMs));
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
      if (this.#isOver(message, nowMs)) this.#remove(message);
      else if (message.visibleMs <= nowMs) visible.push(message);
    }
    return visible.sort((one, other) => one.visibleMs - other.visibleMs);
  }

  #isOver({ sentMs }: Message, nowMs: number): boolean {
    return nowMs - sentMs > this.retentionSeconds * 1000;
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
