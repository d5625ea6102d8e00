import type { World } from '../../../world.ts';
import { processingDescription } from './describe-processing-job.ts';
import { processingEventDetail } from './event-details.ts';
import { Job, type JobStatus } from './job.ts';
import type { ProcessingRequest } from './requests.ts';

export class ProcessingJob extends Job<ProcessingRequest> {
  readonly kind = 'processing';
  protected readonly detailType = 'SageMaker Processing Job State Change';
  readonly tags: () => Record<string, string>;
  exitMessage: string | undefined;
  /** When the container started. */
  startedMs: number | undefined;
  endedMs: number | undefined;

  constructor(world: World, arn: string, request: ProcessingRequest, tags: () => Record<string, string>) {
    super(world, request.ProcessingJobName, arn, request);
    this.tags = tags;
  }

  enter(status: JobStatus, what: string): void {
    this.status = status;
    if (this.hasEnded) this.endedMs = this.world.clock.now();
    this.changed(what);
  }

  describe(): Record<string, unknown> {
    return processingDescription(this);
  }

  protected eventDetail(): Record<string, unknown> {
    return processingEventDetail(this);
  }
}
