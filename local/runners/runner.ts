/**
 * What runs inside a job's container or behind an endpoint. SageMaker's own
 * manners (names, statuses, events, files in S3) stay in `local/services/sagemaker`;
 * a runner only answers what the container did.
 *
 * Two kinds implement it: the simulated ones take durations and results from
 * the scenario (virtual time), the process ones start the workload's own code
 * as child processes under SageMaker's container contract (real time).
 */
export interface JobRunner {
  /** Why SageMaker finds no instances for this start, such as `CapacityError: …`; only a scenario says so. */
  capacityError?(job: ContainerJob): string | undefined;
  /** Runs a processing, training or compiling container until it ends, is interrupted or is stopped. */
  runJob(job: ContainerJob): RunningJob;
  close(): Promise<void>;
}

export interface FleetRunner {
  /** Starts one fleet of serving containers; resolves when `/ping` answers 200. */
  startFleet(fleet: FleetSpec): Promise<Fleet>;
  close(): Promise<void>;
}

export interface ContainerJob {
  readonly kind: 'processing' | 'training' | 'compilation';
  readonly name: string;
  readonly imageUri: string;
  /** The request that created the job, in AWS's shape. */
  readonly request: Record<string, unknown>;
  /** 1 for the first start, 2 after the first Spot interruption … */
  readonly attempt: number;
  /** When Managed Spot takes this start's instance away; without it the instance stays. */
  readonly reclaim?: SpotReclaim;
}

export interface SpotReclaim {
  /** Seconds of the world's time after the container's start. */
  readonly afterSeconds?: number;
  /** How many checkpoint files of this start are in S3 by then (process runners). */
  readonly afterCheckpoints?: number;
}

/**
 * What a container left: files by relative path, under the name of each
 * processing output, under `model` and `data` for training, under `model` for compilation.
 */
export type ContainerFiles = Readonly<Record<string, Readonly<Record<string, Uint8Array | string>>>>;

export type JobEnd =
  | {
      readonly kind: 'exited';
      readonly exitCode: number;
      /** The text of the message file (processing) or of the failure file (training, compilation). */
      readonly message: string;
      /** The end of what the container printed, for a container that left no such file. */
      readonly lastOutput?: string;
      readonly finalMetrics: Record<string, number>;
      readonly files?: ContainerFiles;
    }
  /** SageMaker itself ended the job, in these words (`CapacityError: …`); only a scenario does that. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Managed Spot took the instance away; the job starts again from its checkpoints. */
  | { readonly kind: 'interrupted' }
  | {
      readonly kind: 'stopped';
      readonly finalMetrics?: Record<string, number>;
      readonly files?: ContainerFiles;
    };

export interface RunningJob {
  readonly ended: Promise<JobEnd>;
  /** SIGTERM, then SIGKILL after 120 s. */
  stop(): void;
}

export interface FleetSpec {
  readonly endpointName: string;
  readonly endpointConfigName: string;
  readonly variantName: string;
  readonly instanceCount: number;
  readonly imageUri: string;
  readonly modelDataUrl?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds of the world's time within which `/ping` must answer 200; then `startFleet` rejects. */
  readonly startUpSeconds: number;
}

export interface Invocation {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly accept?: string;
}

export interface InvocationAnswer {
  readonly statusCode: number;
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Milliseconds of real (process) or modelled (simulated) time in the container. */
  readonly latencyMs: number;
}

export interface Fleet {
  /** Requests that nobody sends one by one: the endpoint's router counts them while this fleet serves. */
  readonly traffic?: SimulatedTraffic;
  /** What each instance does: always the same, or asked once a minute. What is left out is little. */
  readonly load?: Partial<InstanceLoad> | (() => Partial<InstanceLoad>);
  /** @throws FleetUnreachableError, InvocationTimedOutError (`local/runners/fleets/errors.ts`) */
  invoke(invocation: Invocation): Promise<InvocationAnswer>;
  stop(): Promise<void>;
}

/** As CloudWatch tells it: CPU has 100 for each vCPU, GPUs 100 for each GPU, the rest is of 100. */
export interface InstanceLoad {
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly diskPercent: number;
  readonly gpuPercent: number;
  readonly gpuMemoryPercent: number;
}

export interface SimulatedTraffic {
  /** To the whole endpoint; this fleet gets its share of them. */
  readonly requestsPerMinute: number;
  /** Share of this fleet's answers that are 5xx, 0 to 1. */
  readonly errorShare: number;
  readonly latencyMs: number;
}
