import type { Operation } from '../../../service.ts';
import type { World } from '../../../world.ts';
import type { Tags } from '../tags/tags.ts';
import { createProcessingJob } from './create-processing-job.ts';
import { createTrainingJob } from './create-training-job.ts';
import { describeProcessingJob } from './describe-processing-job.ts';
import { describeTrainingJob } from './describe-training-job.ts';
import type { JobKind } from './job.ts';
import { listProcessingJobs } from './list-processing-jobs.ts';
import { listTrainingJobs } from './list-training-jobs.ts';
import type { ProcessingJob } from './processing-job.ts';
import { ProcessingWalk } from './processing-walk.ts';
import { stopProcessingJob } from './stop-processing-job.ts';
import { stopTrainingJob } from './stop-training-job.ts';
import type { TrainingJob } from './training-job.ts';
import { TrainingWalk } from './training-walk.ts';

/** Processing and training jobs of this account. Records stay for good, and so do their names. */
export class Jobs {
  readonly world: World;
  readonly tags: Tags;
  readonly training = new Map<string, TrainingJob>();
  readonly processing = new Map<string, ProcessingJob>();
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #walks = new Map<string, TrainingWalk | ProcessingWalk>();

  constructor(world: World, tags: Tags) {
    this.world = world;
    this.tags = tags;
    this.operations = {
      CreateProcessingJob: createProcessingJob(this),
      CreateTrainingJob: createTrainingJob(this),
      DescribeProcessingJob: describeProcessingJob(this),
      DescribeTrainingJob: describeTrainingJob(this),
      ListProcessingJobs: listProcessingJobs(this),
      ListTrainingJobs: listTrainingJobs(this),
      StopProcessingJob: stopProcessingJob(this),
      StopTrainingJob: stopTrainingJob(this),
    };
  }

  /**
   * The Describe answer of a job once it is Completed, Failed or Stopped: what `.sync` waits for.
   *
   * @throws Error if there is no such job
   */
  async untilEnded(kind: JobKind, name: string): Promise<Record<string, unknown>> {
    const job = this.#find(kind, name);
    await job.ended;
    return job.describe();
  }

  /** Asks a job to stop; one that has ended, or is not there, is left alone. */
  stop(kind: JobKind, name: string): void {
    this.#walks.get(`${kind}/${name}`)?.stop();
  }

  startTraining(job: TrainingJob): void {
    this.training.set(job.name, job);
    this.#walk(`training/${job.name}`, new TrainingWalk(this.world, job));
  }

  startProcessing(job: ProcessingJob): void {
    this.processing.set(job.name, job);
    this.#walk(`processing/${job.name}`, new ProcessingWalk(this.world, job));
  }

  arn(kind: JobKind, name: string): string {
    return `arn:aws:sagemaker:${this.world.region}:${this.world.accountId}:${kind}-job/${name}`;
  }

  #walk(id: string, walk: TrainingWalk | ProcessingWalk): void {
    this.#walks.set(id, walk);
    void walk.run().finally(() => this.#walks.delete(id));
  }

  #find(kind: JobKind, name: string): TrainingJob | ProcessingJob {
    const job = (kind === 'training' ? this.training : this.processing).get(name);
    if (!job) throw new Error(`There is no ${kind} job named ${name}.`);
    return job;
  }
}
