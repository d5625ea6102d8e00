import type { World } from '../../world.ts';

/** SQS sends its metrics every minute while a queue is active. */
const PERIOD_MS = 60_000;

/** Messages that can be received now, and those that cannot with them. */
interface Counts {
  readonly visible: number;
  readonly all: number;
}

/** Tells CloudWatch how many messages wait in a queue: what an alarm on a dead-letter queue looks at. */
export class QueueMetrics {
  readonly #world: World;
  readonly #name: string;
  readonly #count: () => Counts;
  #isTelling = false;

  constructor(world: World, name: string, count: () => Counts) {
    this.#world = world;
    this.#name = name;
    this.#count = count;
  }

  /** Now and every minute until the queue is found empty, which is told once. */
  tellWhileFilled(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#tell();
  }

  #tell(): void {
    const { clock, cloudwatch } = this.#world;
    const { visible, all } = this.#count();
    cloudwatch.record({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: this.#name },
      value: visible,
      unit: 'Count',
    });
    this.#isTelling = all > 0;
    if (all === 0) return;
    clock.at(clock.now() + PERIOD_MS, () => this.#tell(), { background: true });
  }
}
