import type { Timer } from '../../../clock/clock.ts';
import type { ContainerJob, JobEnd, RunningJob } from '../../../runners/runner.ts';
import type { SpotFate } from '../../../scenario.ts';
import type { World } from '../../../world.ts';
import { ExecutionRole } from '../execution-role.ts';
import { algorithmError, unexpected } from './failure-reason.ts';
import { cannotPullImage, canPull } from './images.ts';
import { firstFault, trainingInputs } from './inputs.ts';
import { jobProvisioning, LONGEST_RUNTIME_BY_DEFAULT_SECONDS, TEAR_DOWN_SECONDS } from './provisioning.ts';
import { Timeline } from './timeline.ts';
import type { TrainingJob } from './training-job.ts';
import { uploadTraining } from './uploads.ts';

type StopCause = 'Stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded';

/** AWS's words in StatusMessage; those of the time limits are not documented word for word. */
const STOPPED_MESSAGE: Record<StopCause, string> = {
  Stopped: 'Training job stopped',
  MaxRuntimeExceeded: 'Training job runtime exceeded MaxRuntimeInSeconds provided',
  MaxWaitTimeExceeded: 'Training job exceeded MaxWaitTimeInSeconds provided',
};

/**
 * Walks a training job through its statuses:
 * `Starting → Pending → Downloading → Training → Uploading → Completed`, and
 * `Training → Interrupted → Starting → Downloading → Training` on a Spot interruption.
 */
export class TrainingWalk {
  readonly #world: World;
  readonly #job: TrainingJob;
  readonly #timeline: Timeline;
  readonly #timers = new Set<Timer>();
  #runtimeLimit: Timer | undefined;
  #running: RunningJob | undefined;
  #stopCause: StopCause | undefined;

  constructor(world: World, job: TrainingJob) {
    this.#world = world;
    this.#job = job;
    this.#timeline = new Timeline(world.clock);
  }

  async run(): Promise<void> {
    const { EnableManagedSpotTraining: spot, StoppingCondition } = this.#job.request;
    const waitSeconds = StoppingCondition.MaxWaitTimeInSeconds;
    if (spot && waitSeconds !== undefined) this.#limit(waitSeconds * 1000, 'MaxWaitTimeExceeded');
    try {
      for (let attempt = 1; ; attempt += 1) {
        const end = await this.#start(attempt);
        if (this.#job.hasEnded) return;
        if (this.#stopCause || end === undefined) return await this.#stopped(end);
        if (end.kind === 'failed') return this.#fail(end.reason);
        if (end.kind === 'exited') return await this.#exited(end);
        if (end.kind === 'stopped') return await this.#stopped(end);
        this.#job.instancesDown();
        this.#job.enter('InProgress', 'Interrupted', 'Training job interrupted');
      }
    } catch (error) {
      this.#fail(unexpected(error));
    } finally {
      for (const timer of this.#timers) timer.cancel();
    }
  }

  /** Does nothing to a job that has ended or is being stopped. */
  stop(cause: StopCause = 'Stopped'): void {
    if (this.#job.status !== 'InProgress') return;
    this.#stopCause = cause;
    this.#job.enter('Stopping', 'Stopping', 'Stopping the training job');
    this.#timeline.cut();
    this.#running?.stop();
  }

  /** One start on new instances, up to the end of its container; undefined if it was stopped before that. */
  async #start(attempt: number): Promise<JobEnd | undefined> {
    const { request } = this.#job;
    const imageUri = request.AlgorithmSpecification.TrainingImage ?? '';
    const container: ContainerJob = {
      kind: 'training',
      name: this.#job.name,
      imageUri,
      request: request as unknown as Record<string, unknown>,
      attempt,
    };
    const fate = this.#spotFate(container);

    if (!(await this.#getInstances(attempt, fate))) return undefined;
    const reason = this.#world.jobs.capacityError?.(container);
    if (reason !== undefined) return { kind: 'failed', reason };
    this.#job.instancesUp();
    this.#limitRuntime();
    this.#job.enter('InProgress', 'Downloading', 'Downloading input data');
    if (!(await this.#timeline.wait(jobProvisioning(this.#world).downloadingSeconds))) return undefined;
    const role = new ExecutionRole(this.#world, request.RoleArn);
    const fault = firstFault(this.#world, role, trainingInputs(request));
    if (fault !== undefined) {
      this.#fail(`ClientError: Data download failed:${fault}`);
      return undefined;
    }
    if (!canPull(this.#world, role, imageUri)) {
      this.#fail(cannotPullImage);
      return undefined;
    }
    role.observes('/aws/sagemaker/TrainingJobs', `${this.#job.name}/algo-1`);

    this.#job.enter('InProgress', 'Training', 'Training image download completed. Training in progress.');
    this.#running = this.#world.jobs.runJob(
      fate.kind === 'reclaimed' ? { ...container, reclaim: fate } : container,
    );
    const end = await this.#running.ended;
    this.#running = undefined;
    this.#runtimeLimit?.cancel();
    return end;
  }

  /**
   * Waits for instances: Pending at first, Interrupted when an earlier start has lost its own.
   *
   * @returns false if the job was stopped meanwhile
   */
  async #getInstances(attempt: number, fate: SpotFate): Promise<boolean> {
    const { startingSeconds, pendingSeconds } = jobProvisioning(this.#world);
    const starting = (): Promise<boolean> => {
      this.#job.enter('InProgress', 'Starting', 'Starting the training job');
      return this.#timeline.wait(startingSeconds);
    };
    if (attempt === 1) {
      if (!(await starting())) return false;
      const message =
        fate.kind === 'no-capacity'
          ? 'Training job waiting for capacity'
          : 'Preparing the instances for training';
      this.#job.enter('InProgress', 'Pending', message);
    }
    if (fate.kind === 'no-capacity') {
      await this.#timeline.untilCut();
      return false;
    }
    if (!(await this.#timeline.wait(pendingSeconds))) return false;
    return attempt === 1 || starting();
  }

  /** An on-demand instance is never taken away, so the scenario is asked for Spot jobs only. */
  #spotFate(container: ContainerJob): SpotFate {
    const kept: SpotFate = { kind: 'kept' };
    if (!this.#job.request.EnableManagedSpotTraining) return kept;
    return this.#world.scenario.spot?.(container) ?? kept;
  }

  async #exited(end: Extract<JobEnd, { kind: 'exited' }>): Promise<void> {
    const { uploadSeconds } = jobProvisioning(this.#world);
    for (const timer of this.#timers) timer.cancel();
    this.#keepMetrics(end.finalMetrics);
    this.#job.enter('InProgress', 'Uploading', 'Uploading generated training model');
    await this.#world.clock.sleep(uploadSeconds * 1000);
    if (end.exitCode !== 0) {
      // What was meant for people to look at goes up even so; a model does not.
      const { data } = end.files ?? {};
      uploadTraining(this.#world, this.#job.request, data ? { data } : {});
      return this.#fail(algorithmError(end.exitCode, end.message || end.lastOutput || ''));
    }
    uploadTraining(this.#world, this.#job.request, end.files);
    // A stop that came during the upload comes too late for the model, but not for the status.
    if (this.#stopCause) this.#job.enter('Stopped', this.#stopCause, STOPPED_MESSAGE[this.#stopCause]);
    else this.#job.enter('Completed', 'Completed', 'Training job completed');
  }

  async #stopped(end: JobEnd | undefined): Promise<void> {
    // A runner that ends a container unasked counts as somebody's stop.
    if (!this.#stopCause) this.stop();
    const cause = this.#stopCause!;
    if (end === undefined || end.kind === 'interrupted' || end.kind === 'failed') {
      await this.#world.clock.sleep(TEAR_DOWN_SECONDS * 1000);
    } else {
      this.#keepMetrics(end.finalMetrics ?? {});
      this.#job.enter('Stopping', 'Uploading', 'Uploading generated training model');
      await this.#world.clock.sleep(jobProvisioning(this.#world).uploadSeconds * 1000);
      uploadTraining(this.#world, this.#job.request, end.files);
    }
    this.#job.enter('Stopped', cause, STOPPED_MESSAGE[cause]);
  }

  #fail(reason: string): void {
    if (this.#job.hasEnded) return;
    this.#job.failureReason = reason;
    this.#job.enter('Failed', 'Failed', 'Training job failed');
  }

  #keepMetrics(metrics: Record<string, number>): void {
    const at = new Date(this.#world.clock.now());
    // AWS keeps metric values as 32-bit floats.
    this.#job.finalMetrics = Object.entries(metrics).map(([MetricName, value]) => ({
      MetricName,
      Value: Math.fround(value),
      Timestamp: at,
    }));
  }

  /** The runtime of all starts together counts; the time without instances does not. */
  #limitRuntime(): void {
    const { MaxRuntimeInSeconds = LONGEST_RUNTIME_BY_DEFAULT_SECONDS } = this.#job.request.StoppingCondition;
    this.#runtimeLimit = this.#limit(MaxRuntimeInSeconds * 1000 - this.#job.instanceMs, 'MaxRuntimeExceeded');
  }

  #limit(inMs: number, cause: StopCause): Timer {
    const timer = this.#world.clock.at(this.#world.clock.now() + inMs, () => this.stop(cause));
    this.#timers.add(timer);
    return timer;
  }
}
