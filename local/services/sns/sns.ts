import { notModelled } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import type { MessageAttributes } from '../sqs/message.ts';
import { createTopic } from './create-topic.ts';
import { deleteTopic } from './delete-topic.ts';
import { listTopics } from './list-topics.ts';
import { publish } from './publish.ts';
import { subscribe } from './subscribe.ts';
import type { Topic } from './topic.ts';

export interface Publication {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject?: string;
  readonly message: string;
  readonly messageAttributes: MessageAttributes;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

/** Topics. Queues and functions get what is published; what people would get can be read from `published`. */
export class Sns implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly published: Publication[] = [];
  readonly topics = new Map<string, Topic>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    const ids = world.random.stream('sns/subscriptions');
    this.operations = {
      CreateTopic: (input) => createTopic(this, world, input),
      DeleteTopic: (input) => deleteTopic(this, input),
      ListTopics: (input) => listTopics(this, input),
      Publish: publish(this, world),
      Subscribe: (input) => subscribe(this, ids, input),
    };
  }

  /** The topic of this name, made if it is not there. */
  createTopic(name: string): Topic {
    if (name.endsWith('.fifo')) throw notModelled('A FIFO topic');
    const arn = `arn:aws:sns:${this.#world.region}:${this.#world.accountId}:${name}`;
    const topic = this.topics.get(arn) ?? { arn, name, subscriptions: [] };
    this.topics.set(arn, topic);
    return topic;
  }

  journal(topic: Topic, what: string): void {
    this.#world.journal.write(`sns/${topic.name}`, what);
  }
}
