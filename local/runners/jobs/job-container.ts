import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecutionRole } from '../../services/sagemaker/execution-role.ts';
import type { TrainingRequest } from '../../services/sagemaker/jobs/requests.ts';
import type { World } from '../../world.ts';
import type { ContainerJob, JobEnd } from '../runner.ts';
import { CheckpointMirror } from './checkpoint-mirror.ts';
import { ChildProcess } from './child-process.ts';
import { containerCommand } from './container-command.ts';
import { checkpointDirectory, collectFiles, layOut, readMessage } from './job-directory.ts';
import { MetricReader } from './metric-reader.ts';

/** From SIGTERM to SIGKILL, in seconds of the world's time. */
const GRACE_SECONDS = 120;

/** The same on the virtual clock, which stands still while a process runs: seconds of real time. */
const REAL_GRACE_SECONDS = 2;

/** One start of a job's container: lays its directory out, runs it, reads what it left. */
export class JobContainer {
  /** Resolves when no process of this container is left. */
  readonly gone: Promise<void>;
  readonly #world: World;
  readonly #job: ContainerJob;
  readonly #baseDirectory: string;
  readonly #metrics: MetricReader;
  #child: ChildProcess | undefined;
  #cause: 'stopped' | 'interrupted' | undefined;
  #markGone!: () => void;

  constructor(world: World, job: ContainerJob) {
    this.#world = world;
    this.#job = job;
    this.#baseDirectory = join(world.directory, 'jobs', job.kind, job.name, String(job.attempt));
    const { AlgorithmSpecification } = job.request as unknown as Partial<TrainingRequest>;
    this.#metrics = new MetricReader(AlgorithmSpecification?.MetricDefinitions ?? []);
    this.gone = new Promise((resolve) => {
      this.#markGone = resolve;
    });
  }

  async run(): Promise<JobEnd> {
    try {
      // Stopped before its turn came.
      if (this.#cause) return { kind: this.#cause };
      return await this.#run();
    } finally {
      this.#markGone();
    }
  }

  /** SIGTERM, then SIGKILL when the time of grace is over. */
  stop(cause: 'stopped' | 'interrupted'): void {
    if (this.#cause) return;
    this.#cause = cause;
    this.#child?.terminate();
    const kill = (): void => this.kill();
    const { clock } = this.#world;
    if (clock.kind === 'paced') {
      const timer = clock.at(clock.now() + GRACE_SECONDS * 1000, kill);
      void this.gone.then(() => timer.cancel());
    } else {
      const timer = setTimeout(kill, REAL_GRACE_SECONDS * 1000);
      void this.gone.then(() => clearTimeout(timer));
    }
  }

  kill(): void {
    this.#cause ??= 'stopped';
    this.#child?.kill();
  }

  async #run(): Promise<JobEnd> {
    const [world, job, base] = [this.#world, this.#job, this.#baseDirectory];
    rmSync(base, { recursive: true, force: true });
    layOut(world, job, base);
    const mirror = this.#mirrorCheckpoints();

    this.#child = new ChildProcess(containerCommand(world, job, base), (line) => this.#metrics.read(line));
    const afterSeconds = job.reclaim?.afterSeconds;
    const reclaim =
      afterSeconds === undefined || world.clock.kind === 'virtual'
        ? undefined
        : world.clock.at(world.clock.now() + afterSeconds * 1000, () => this.stop('interrupted'));
    const exitCode = await this.#child.exited;
    reclaim?.cancel();
    // The last checkpoint may be the one with which the instance goes: a container that has just ended
    // well is lost with it, one that has failed by itself has failed.
    const causeBefore = this.#cause;
    mirror?.stop();
    if (exitCode !== 0) this.#cause = causeBefore;
    writeFileSync(`${base}.log`, `${this.#child.lastLines.join('\n')}\n`);

    const finalMetrics = this.#metrics.values();
    if (this.#cause === 'interrupted') return { kind: 'interrupted' };
    const files = collectFiles(job, base);
    if (this.#cause === 'stopped') return { kind: 'stopped', finalMetrics, files };
    return {
      kind: 'exited',
      exitCode,
      message: readMessage(job, base),
      lastOutput: this.#child.lastOutput,
      finalMetrics,
      files,
    };
  }

  #mirrorCheckpoints(): CheckpointMirror | undefined {
    const { CheckpointConfig, RoleArn } = this.#job.request as unknown as TrainingRequest;
    if (!CheckpointConfig) return undefined;
    const limit = this.#job.reclaim?.afterCheckpoints;
    const mirror = new CheckpointMirror(
      this.#world,
      new ExecutionRole(this.#world, RoleArn),
      checkpointDirectory(CheckpointConfig, this.#baseDirectory),
      CheckpointConfig.S3Uri,
      (count) => {
        if (limit !== undefined && count >= limit) this.stop('interrupted');
      },
    );
    mirror.start();
    return mirror;
  }
}
