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
  /** Runs a processing or training container until it ends, is interrupted or is stopped. */
  runJob(job: ContainerJob): RunningJob;
  close(): Promise<void>;
}

export interface FleetRunner {
  /** Starts one fleet of serving containers; resolves when `/ping` answers 200. */
  startFleet(fleet: FleetSpec): Promise<Fleet>;
  close(): Promise<void>;
}

export interface ContainerJob {
  readonly kind: 'processing' | 'training';
  readonly name: string;
  readonly imageUri: string;
  /** The request that created the job, in AWS's shape. */
  readonly request: Record<string, unknown>;
  /** 1 for the first start, 2 after the first Spot interruption … */
  readonly attempt: number;
}

export type JobEnd =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly message: string; readonly finalMetrics: Record<string, number> }
  /** Managed Spot took the instance away; the job starts again from its checkpoints. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'stopped' };

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
  invoke(invocation: Invocation): Promise<InvocationAnswer>;
  stop(): Promise<void>;
}
