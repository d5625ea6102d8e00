import { AwsError } from '../../aws-error.ts';
import type { Timer } from '../../clock/clock.ts';
import type { Caller } from '../../service.ts';
import type { World } from '../../world.ts';
import type { Queue } from '../sqs/queue.ts';
import { batchEvent, failedIds, type ReceivedMessage } from './batch-event.ts';
import type { Lambda } from './lambda.ts';
import type { LambdaFunction } from './lambda-function.ts';

export interface QueueSourceSpec {
  readonly functionName: string;
  readonly queueArn: string;
  /** AWS's default is 10. */
  readonly batchSize?: number;
  readonly batchWindowSeconds?: number;
  /** Whether the answer's `batchItemFailures` say which messages failed; if not, one failure is the whole batch's. */
  readonly reportBatchItemFailures?: boolean;
}

/** SQS hands out and deletes at most so many at once. */
const MOST_AT_ONCE = 10;

/** After a poll that failed, the next one comes so many seconds later, doubling up to the most. The numbers are ours. */
const FIRST_BACKOFF_SECONDS = 1;
const MOST_BACKOFF_SECONDS = 60;

/**
 * An event source mapping from a queue. AWS polls without end; here the queue
 * says when there is something to receive, so that an idle world stands still.
 * What a function leaves undone comes back when its visibility time-out is over.
 */
export class QueueSource {
  readonly #world: World;
  readonly #lambda: Lambda;
  readonly #spec: QueueSourceSpec;
  readonly #queue: Queue;
  readonly #function: LambdaFunction;
  readonly #caller: Caller;
  readonly #stopListening: () => void;
  #poll: Timer | undefined;
  #isBusy = false;
  #hasMore = false;
  #backoffSeconds = FIRST_BACKOFF_SECONDS;

  constructor(world: World, lambda: Lambda, spec: QueueSourceSpec) {
    this.#world = world;
    this.#lambda = lambda;
    this.#spec = spec;
    this.#queue = world.sqs.queue(spec.queueArn);
    this.#function = lambda.function(spec.functionName);
    this.#caller = { arn: this.#function.roleArn, via: 'service', sourceArn: this.#function.arn };
    this.#stopListening = this.#queue.listen(() => this.#pollSoon());
  }

  close(): void {
    this.#stopListening();
    this.#poll?.cancel();
  }

  #pollSoon(): void {
    this.#hasMore = true;
    if (!this.#isBusy) this.#pollAfter(this.#spec.batchWindowSeconds ?? 0);
  }

  #pollAfter(seconds: number): void {
    if (this.#poll !== undefined) return;
    const { clock } = this.#world;
    this.#poll = clock.at(clock.now() + seconds * 1000, () => {
      this.#poll = undefined;
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    this.#hasMore = false;
    try {
      const messages = await this.#receive();
      if (messages.length > 0) {
        await this.#invoke(messages);
        this.#hasMore = true;
      }
      this.#backoffSeconds = FIRST_BACKOFF_SECONDS;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#world.journal.write(`lambda/${this.#function.name}`, `cannot read its queue: ${error.message}`);
      this.#hasMore = false;
      this.#pollAgainLater();
    } finally {
      this.#isBusy = false;
    }
    if (this.#hasMore) void this.#work();
  }

  /** As long as there is something to receive: a queue that is never readable must not keep the world going for ever. */
  #pollAgainLater(): void {
    if (!this.#queue.isKeepingAny()) return;
    this.#pollAfter(this.#backoffSeconds);
    this.#backoffSeconds = Math.min(2 * this.#backoffSeconds, MOST_BACKOFF_SECONDS);
  }

  async #receive(): Promise<ReceivedMessage[]> {
    const batchSize = this.#spec.batchSize ?? 10;
    const messages: ReceivedMessage[] = [];
    while (messages.length < batchSize) {
      const { Messages = [] } = (await this.#call('ReceiveMessage', {
        MaxNumberOfMessages: Math.min(MOST_AT_ONCE, batchSize - messages.length),
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        WaitTimeSeconds: 0,
      })) as { Messages?: ReceivedMessage[] };
      if (Messages.length === 0) break;
      messages.push(...Messages);
    }
    return messages;
  }

  async #invoke(messages: ReceivedMessage[]): Promise<void> {
    const event = batchEvent(messages, this.#queue.arn, this.#world.region);
    const outcome = await this.#lambda.run(this.#function, JSON.stringify(event));
    const failed = failedIds(outcome, messages, this.#spec.reportBatchItemFailures ?? false);
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
    for (let from = 0; from < done.length; from += MOST_AT_ONCE) {
      await this.#call('DeleteMessageBatch', {
        Entries: done.slice(from, from + MOST_AT_ONCE).map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle,
        })),
      });
    }
  }

  #call(operation: string, input: object): Promise<unknown> {
    return this.#world.door.call({
      service: 'sqs',
      operation,
      input: { QueueUrl: this.#queue.url, ...input },
      caller: this.#caller,
    });
  }
}
