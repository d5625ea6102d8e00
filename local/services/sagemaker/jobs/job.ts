import type { World } from '../../../world.ts';

export type JobKind = 'training' | 'processing';

export type JobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

/** What training and processing jobs have in common: a name that stays taken, a status, an end. */
export abstract class Job<Request> {
  abstract readonly kind: JobKind;
  readonly name: string;
  readonly arn: string;
  readonly request: Request;
  readonly createdMs: number;
  /** Resolves when the job is Completed, Failed or Stopped. */
  readonly ended: Promise<void>;
  protected readonly world: World;
  modifiedMs: number;
  status: JobStatus = 'InProgress';
  failureReason: string | undefined;
  #end!: () => void;

  constructor(world: World, name: string, arn: string, request: Request) {
    this.world = world;
    this.name = name;
    this.arn = arn;
    this.request = request;
    this.createdMs = world.clock.now();
    this.modifiedMs = this.createdMs;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get hasEnded(): boolean {
    return this.status === 'Completed' || this.status === 'Failed' || this.status === 'Stopped';
  }

  /** The answer of `Describe…Job`. */
  abstract describe(): Record<string, unknown>;

  /** The `detail` of the job's event. */
  protected abstract eventDetail(): Record<string, unknown>;

  protected abstract readonly detailType: string;

  /** Tells the diary and EventBridge what has just changed, and who waits for the end when this is it. */
  protected changed(what: string): void {
    this.modifiedMs = this.world.clock.now();
    this.world.journal.write(`sagemaker/${this.kind}-job/${this.name}`, what);
    this.world.events.emit({
      source: 'aws.sagemaker',
      detailType: this.detailType,
      resources: [this.arn],
      detail: this.eventDetail(),
    });
    if (this.hasEnded) this.#end();
  }
}
