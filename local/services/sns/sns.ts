import { notModelled } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import type { MessageAttributes } from '../sqs/message.ts';
import { publish } from './publish.ts';

export interface Publication {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject?: string;
  readonly message: string;
  readonly messageAttributes: MessageAttributes;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

/** Topics. Nobody is subscribed here: what was published can be read from `published`. */
export class Sns implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly published: Publication[] = [];
  readonly #world: World;
  readonly #topics = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.operations = { Publish: publish(this, world) };
  }

  /** @returns the topic's ARN */
  createTopic(name: string): { arn: string } {
    if (name.endsWith('.fifo')) throw notModelled('A FIFO topic');
    const arn = `arn:aws:sns:${this.#world.region}:${this.#world.accountId}:${name}`;
    this.#topics.add(arn);
    return { arn };
  }

  hasTopic(arn: string): boolean {
    return this.#topics.has(arn);
  }
}
