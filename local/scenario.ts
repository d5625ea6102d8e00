import type { AwsError } from './aws-error.ts';
import type { Call } from './door.ts';
import type { CallFault, EventFault } from './faults/faults.ts';
import type { ContainerJob, FleetSpec, InstanceLoad, InvocationAnswer } from './runners/runner.ts';

/**
 * What the world outside does in this run: how long things take, what
 * containers answer and what goes wrong. Everything left out goes well.
 */
export interface Scenario {
  /** Seconds that AWS takes for its own part. */
  readonly provisioning?: Partial<Provisioning>;
  /** What a simulated container does; asked once per start of a job. Process runners don't ask. */
  readonly job?: (job: ContainerJob) => SimulatedJob;
  /** What Neo makes of a compilation job; by itself it takes four minutes and succeeds. Process runners don't ask. */
  readonly compilation?: (job: ContainerJob) => SimulatedCompilation;
  /** How a simulated fleet behaves. Process runners don't ask. */
  readonly fleet?: (fleet: FleetSpec) => SimulatedFleet;
  /** What Managed Spot does to a training job at this start (`attempt` 1 is the first). */
  readonly spot?: (job: ContainerJob) => SpotFate;
  /**
   * What happens to an endpoint's update beside what its alarms say; `rollback-fails` also
   * stops it, and a rolling update that has begun to serve then cannot find its way back.
   */
  readonly endpointUpdate?: (
    endpointName: string,
    endpointConfigName: string,
  ) => 'shift' | 'return-to-old-config' | 'rollback-fails' | 'fail';
  /** What a CodeBuild build does; by itself it takes three minutes and pushes its image. */
  readonly build?: (build: StartedBuild) => SimulatedBuild;
  /** What goes wrong with which call, as a list: told in the journal, and the same in every run. */
  readonly faults?: readonly CallFault[];
  /** What becomes of which event on its way to EventBridge, as a list. */
  readonly events?: readonly EventFault[];
  /** For what no list can say: an error with which the door answers this call instead of passing it on. */
  readonly fault?: (call: Call) => AwsError | undefined;
  /** For what no list can say: what becomes of this event. A number delays it by so many seconds. */
  readonly event?: (event: {
    readonly source: string;
    readonly 'detail-type': string;
    readonly detail: unknown;
  }) => 'deliver' | 'drop' | 'double' | number;
}

export interface Provisioning {
  /** From the create call to the container's start (Starting, LaunchingMLInstances, Downloading). */
  readonly jobSeconds: number;
  /** From create or update to a new fleet's first `/ping`. */
  readonly fleetSeconds: number;
  /** After the container's end: upload and tear-down. */
  readonly uploadSeconds: number;
}

export interface SimulatedJob {
  readonly seconds: number;
  readonly exitCode?: number;
  /** ExitMessage of a processing job, or the text of a training job's failure file. */
  readonly message?: string;
  /** Files the container leaves: under each processing output's name, or `model` for training. */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly finalMetrics?: Readonly<Record<string, number>>;
  /**
   * SageMaker ends the job with these words, such as `InternalServerError: …`; with
   * `CapacityError: …` before it has instances, whatever `seconds` says.
   */
  readonly failureReason?: string;
}

export interface SimulatedCompilation {
  readonly seconds: number;
  /** Why the model cannot be compiled: the job ends FAILED with these words. */
  readonly failure?: string;
  /** The files of the compiled archive; a small one unless told. */
  readonly artifact?: Readonly<Record<string, string>>;
}

export interface StartedBuild {
  readonly project: string;
  readonly sourceVersion: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

export interface SimulatedBuild {
  readonly seconds?: number;
  readonly status?: 'SUCCEEDED' | 'FAILED' | 'FAULT';
  /** The failed phase's words. */
  readonly message?: string;
  /**
   * Images it pushes, whatever its end. Left out, one that succeeds pushes the source version as tag to the
   * repository in `IMAGE_REPO_NAME`, or of the project's name; if that is not there, nothing.
   */
  readonly pushes?: readonly {
    readonly repository: string;
    readonly tag: string;
    readonly content?: string;
  }[];
  /** Variables it exports beside `IMAGE_DIGEST`. */
  readonly exported?: Readonly<Record<string, string>>;
}

/** What its instances do, as CloudWatch tells it (CPU has 100 for each vCPU), may be said beside how it answers. */
export interface SimulatedFleet extends Partial<InstanceLoad> {
  /** What the world's clients send to the whole endpoint while this fleet is part of it. */
  readonly requestsPerMinute?: number;
  /** Share of this fleet's requests answered with 5xx, 0 to 1. */
  readonly errorShare?: number;
  readonly latencyMs?: number;
  /** False: never answers `/ping`, so the fleet never gets ready. */
  readonly healthy?: boolean;
  /** Answers one direct invocation. */
  readonly answer?: (body: Uint8Array) => InvocationAnswer;
}

export type SpotFate =
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'reclaimed';
      /** The instance is taken so many seconds after the container's start (simulated) … */
      readonly afterSeconds?: number;
      /** … or when so many checkpoints are in S3 (process). */
      readonly afterCheckpoints?: number;
    }
  /** No Spot capacity is found until the job's wait is over. */
  | { readonly kind: 'no-capacity' };
