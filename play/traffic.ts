import type { World } from '../local/world.ts';
import { requestsLike } from '../workloads/flight-delay/sample/requests.ts';

/** Real requests a second. Enough that one instance of four sees some in every alarm period. */
const REQUESTS_PER_SECOND = 50;

/**
 * The clients of the endpoint: they go on asking through every release, over
 * real HTTP, and never know which model answers.
 */
export class Clients {
  requests = 0;
  failed = 0;
  readonly #world: World;
  /** Empty: there are no clients. */
  readonly endpoint: string;
  readonly #payloads: ReturnType<typeof requestsLike>;
  readonly #underWay = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #startMs = 0;
  #sent = 0;

  constructor(world: World, endpoint: string) {
    this.#world = world;
    this.endpoint = endpoint;
    this.#payloads = requestsLike(world.seed);
  }

  /** Begins once; later calls do nothing. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.#startMs = performance.now();
    this.#timer = setInterval(() => this.#keepUp(), 1000 / REQUESTS_PER_SECOND);
  }

  /** Resolves when the last answer is in. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await Promise.allSettled([...this.#underWay]);
  }

  /** A busy machine delays timers; what is behind is sent at once, a little at a time. */
  #keepUp(): void {
    const due = Math.floor(((performance.now() - this.#startMs) / 1000) * REQUESTS_PER_SECOND);
    for (let burst = 0; this.#sent < due && burst < 5; burst += 1) {
      this.#sent += 1;
      const request = this.#ask();
      this.#underWay.add(request);
      void request.finally(() => this.#underWay.delete(request));
    }
  }

  async #ask(): Promise<void> {
    const { contentType, body } = this.#payloads.next().value;
    this.requests += 1;
    try {
      await this.#world.door.call({
        service: 'sagemaker-runtime',
        operation: 'InvokeEndpoint',
        input: { EndpointName: this.endpoint, ContentType: contentType, Body: Buffer.from(body) },
        caller: this.#world.person,
      });
    } catch {
      // Which fleet failed is counted by the router, where the report reads it.
      this.failed += 1;
    }
  }
}
