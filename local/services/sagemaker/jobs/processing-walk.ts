import type { Timer } from '../../../clock/clock.ts';
import type { ContainerJob, JobEnd, RunningJob } from '../../../runners/runner.ts';
import type { World } from '../../../world.ts';
import { ExecutionRole } from '../execution-role.ts';
import { algorithmError, SEE_EXIT_MESSAGE, unexpected } from './failure-reason.ts';
import { cannotPullImage, canPull } from './images.ts';
import { firstFault, processingInputs } from './inputs.ts';
import type { ProcessingJob } from './processing-job.ts';
import { jobProvisioning, LONGEST_RUNTIME_BY_DEFAULT_SECONDS, TEAR_DOWN_SECONDS } from './provisioning.ts';
import { Timeline } from './timeline.ts';
import { uploadProcessing } from './uploads.ts';

/** Walks a processing job from InProgress to its end. It has no secondary statuses, no Spot and no restarts. */
export class ProcessingWalk {
  readonly #world: World;
  readonly #job: ProcessingJob;
  readonly #timeline: Timeline;
  #runtimeLimit: Timer | undefined;
  #running: RunningJob | undefined;

  constructor(world: World, job: ProcessingJob) {
    this.#world = world;
    this.#job = job;
    this.#timeline = new Timeline(world.clock);
  }

  async run(): Promise<void> {
    try {
      const end = await this.#start();
      if (this.#job.hasEnded) return;
      if (this.#job.status === 'InProgress' && end?.kind === 'exited') await this.#exited(end);
      else if (this.#job.status === 'InProgress' && end?.kind === 'failed') this.#fail(end.reason);
      else await this.#stopped(end);
    } catch (error) {
      this.#fail(unexpected(error));
    } finally {
      this.#runtimeLimit?.cancel();
    }
  }

  /** Does nothing to a job that has ended or is being stopped. */
  stop(why = 'Stopping: a stop was asked for'): void {
    if (this.#job.status !== 'InProgress') return;
    this.#job.enter('Stopping', why);
    this.#timeline.cut();
    this.#running?.stop();
  }

  /** Up to the end of the container; undefined if the job was stopped before it started. */
  async #start(): Promise<JobEnd | undefined> {
    const { request } = this.#job;
    const { startingSeconds, pendingSeconds, downloadingSeconds } = jobProvisioning(this.#world);

    this.#job.enter('InProgress', 'InProgress: preparing the instances');
    if (!(await this.#timeline.wait(startingSeconds + pendingSeconds))) return undefined;
    const container: ContainerJob = {
      kind: 'processing',
      name: this.#job.name,
      imageUri: request.AppSpecification.ImageUri,
      request: request as unknown as Record<string, unknown>,
      attempt: 1,
    };
    const reason = this.#world.jobs.capacityError?.(container);
    if (reason !== undefined) return { kind: 'failed', reason };
    if (!(await this.#timeline.wait(downloadingSeconds))) return undefined;
    const role = new ExecutionRole(this.#world, request.RoleArn);
    const fault = firstFault(this.#world, role, processingInputs(request));
    if (fault !== undefined) {
      this.#fail(`ClientError: ${fault}`);
      return undefined;
    }
    if (!canPull(this.#world, role, request.AppSpecification.ImageUri)) {
      this.#fail(cannotPullImage);
      return undefined;
    }
    role.observes('/aws/sagemaker/ProcessingJobs', `${this.#job.name}/algo-1`);

    this.#job.startedMs = this.#world.clock.now();
    this.#limitRuntime();
    this.#job.enter('InProgress', 'InProgress: the container runs');
    this.#running = this.#world.jobs.runJob(container);
    const end = await this.#running.ended;
    this.#running = undefined;
    return end;
  }

  async #exited(end: Extract<JobEnd, { kind: 'exited' }>): Promise<void> {
    this.#runtimeLimit?.cancel();
    this.#job.exitMessage = end.message || undefined;
    if (end.exitCode !== 0) {
      return this.#fail(end.message ? SEE_EXIT_MESSAGE : algorithmError(end.exitCode, end.lastOutput ?? ''));
    }
    await this.#world.clock.sleep(jobProvisioning(this.#world).uploadSeconds * 1000);
    uploadProcessing(this.#world, this.#job.request, end.files);
    this.#job.enter('Completed', 'Completed');
  }

  async #stopped(end: JobEnd | undefined): Promise<void> {
    this.stop('Stopping: the container was stopped');
    const { uploadSeconds } = jobProvisioning(this.#world);
    await this.#world.clock.sleep((end === undefined ? TEAR_DOWN_SECONDS : uploadSeconds) * 1000);
    this.#job.enter('Stopped', 'Stopped');
  }

  #fail(reason: string): void {
    if (this.#job.hasEnded) return;
    this.#job.failureReason = reason;
    this.#job.enter('Failed', `Failed: ${this.#job.exitMessage ?? reason}`);
  }

  #limitRuntime(): void {
    const seconds =
      this.#job.request.StoppingCondition?.MaxRuntimeInSeconds ?? LONGEST_RUNTIME_BY_DEFAULT_SECONDS;
    this.#runtimeLimit = this.#world.clock.at(this.#world.clock.now() + seconds * 1000, () =>
      this.stop('Stopping: it ran longer than MaxRuntimeInSeconds'),
    );
  }
}
