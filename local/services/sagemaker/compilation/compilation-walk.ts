import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Timer } from '../../../clock/clock.ts';
import type { ContainerJob, JobEnd, RunningJob } from '../../../runners/runner.ts';
import { tarGz } from '../../../tar.ts';
import type { World } from '../../../world.ts';
import { ExecutionRole } from '../execution-role.ts';
import { unexpected } from '../jobs/failure-reason.ts';
import {
  jobProvisioning,
  LONGEST_RUNTIME_BY_DEFAULT_SECONDS,
  TEAR_DOWN_SECONDS,
} from '../jobs/provisioning.ts';
import { below, downloadFault, putObject } from '../jobs/storage.ts';
import { Timeline } from '../jobs/timeline.ts';
import type { CompilationJob, Compiled } from './compilation-job.ts';
import { neoImage } from './neo-image.ts';
import type { CompilationRequest } from './requests.ts';

/** Walks a compilation job: `STARTING → INPROGRESS → COMPLETED`, or to `FAILED`, or over `STOPPING` to `STOPPED`. */
export class CompilationWalk {
  readonly #world: World;
  readonly #job: CompilationJob;
  readonly #imageUri: string;
  readonly #timeline: Timeline;
  #runtimeLimit: Timer | undefined;
  #running: RunningJob | undefined;
  #ranOutOfTime = false;

  /** @param imageUri whose `compile` stands in for Neo's compiler in process runners */
  constructor(world: World, job: CompilationJob, imageUri: string) {
    this.#world = world;
    this.#job = job;
    this.#imageUri = imageUri;
    this.#timeline = new Timeline(world.clock);
  }

  async run(): Promise<void> {
    try {
      await this.#run();
    } catch (error) {
      this.#fail(unexpected(error));
    } finally {
      this.#runtimeLimit?.cancel();
    }
  }

  /** Does nothing to a job that has ended or is being stopped. */
  stop(): void {
    if (this.#job.hasEnded || this.#job.status === 'STOPPING') return;
    this.#job.enter('STOPPING', 'STOPPING: a stop was asked for');
    this.#cut();
  }

  async #run(): Promise<void> {
    const { request } = this.#job;
    const { startingSeconds, pendingSeconds, downloadingSeconds, uploadSeconds } = jobProvisioning(
      this.#world,
    );
    this.#job.enter('STARTING');
    if (!(await this.#timeline.wait(startingSeconds + pendingSeconds))) return this.#stopped();
    this.#job.enter('INPROGRESS');
    this.#limitRuntime();
    if (!(await this.#timeline.wait(downloadingSeconds))) return this.#stopped();
    const role = new ExecutionRole(this.#world, request.RoleArn);
    const fault = downloadFault(this.#world, role, request.InputConfig!.S3Uri, 'S3Prefix');
    if (fault !== undefined) return this.#fail(`ClientError: ${fault}`);
    role.observes('/aws/sagemaker/CompilationJobs', this.#job.name);

    const end = await this.#compile();
    if (end.kind !== 'exited') return this.#stopped();
    if (end.exitCode !== 0) {
      const told = end.message || end.lastOutput || `the compiler ended with exit code ${end.exitCode}`;
      return this.#fail(`ClientError: CompilationError: ${told}`);
    }
    if (!(await this.#timeline.wait(uploadSeconds))) return this.#stopped();
    this.#job.compiled = this.#upload(role, end);
    this.#job.enter('COMPLETED');
  }

  async #compile(): Promise<JobEnd> {
    const container: ContainerJob = {
      kind: 'compilation',
      name: this.#job.name,
      imageUri: this.#imageUri,
      request: this.#job.request as unknown as Record<string, unknown>,
      attempt: 1,
    };
    this.#running = this.#world.jobs.runJob(container);
    const end = await this.#running.ended;
    this.#running = undefined;
    return end;
  }

  #upload(role: ExecutionRole, { files }: Extract<JobEnd, { kind: 'exited' }>): Compiled {
    const { request } = this.#job;
    const archive = tarGz(files?.model ?? {});
    const location = below(request.OutputConfig.S3OutputLocation, archiveName(request));
    putObject(this.#world, role, location, archive);
    return {
      modelDataUrl: `s3://${location.bucket}/${location.key}`,
      digest: `sha256:${createHash('sha256').update(archive).digest('hex')}`,
      image: neoImage(request, this.#world.region),
    };
  }

  /** Cut short: by whoever asked for it, or by its time limit, which is a failure. */
  async #stopped(): Promise<void> {
    await this.#world.clock.sleep(TEAR_DOWN_SECONDS * 1000);
    if (!this.#ranOutOfTime) return this.#job.enter('STOPPED');
    const { MaxRuntimeInSeconds: seconds } = this.#job.request.StoppingCondition;
    this.#fail(`ClientError: TimeOut: the compilation did not end within MaxRuntimeInSeconds (${seconds}).`);
  }

  #fail(reason: string): void {
    if (this.#job.hasEnded) return;
    this.#job.failureReason = reason.slice(0, 1024);
    this.#job.enter('FAILED', `FAILED: ${this.#job.failureReason}`);
  }

  #limitRuntime(): void {
    const { MaxRuntimeInSeconds: seconds = LONGEST_RUNTIME_BY_DEFAULT_SECONDS } =
      this.#job.request.StoppingCondition;
    this.#runtimeLimit = this.#world.clock.at(this.#world.clock.now() + seconds * 1000, () => {
      if (this.#job.status !== 'INPROGRESS') return;
      this.#ranOutOfTime = true;
      this.#cut();
    });
  }

  #cut(): void {
    this.#timeline.cut();
    this.#running?.stop();
  }
}

/** `model-ml_c5.tar.gz`, `model-LINUX_ARM64_NVIDIA.tar.gz`: the input's name and the target's. */
function archiveName({ InputConfig: input, OutputConfig: output }: CompilationRequest): string {
  const name = basename(input!.S3Uri).replace(/\.(tar\.gz|tgz)$/, '') || 'model';
  const { TargetDevice: device, TargetPlatform: platform } = output;
  const target =
    device ?? [platform!.Os, platform!.Arch, platform!.Accelerator].filter((part) => part).join('_');
  return `${name}-${target}.tar.gz`;
}
