/**
 * Everything `report.html` tells, as plain data: the report can be drawn again
 * from this file alone. Times are epoch milliseconds of the world's clock.
 */
export interface ReportData {
  readonly seed: number;
  /** Seconds of the world in one real second. */
  readonly speed: number;
  /** The pipeline file that was played in the place of the project's own. */
  readonly pipelineFile?: string | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly wallSeconds: number;
  readonly peakRssMb: number;
  readonly releases: readonly ReportRelease[];
  readonly traffic: ReportTraffic;
  /** ASL definitions by machine name (`release`, `train`, `deploy`), as packaged. */
  readonly machines: Readonly<Record<string, MachineDefinition>>;
}

/** The parts of an ASL definition that a drawing needs; the objects are the packaged definitions themselves. */
export interface MachineDefinition {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

export interface StateDefinition {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Condition?: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly ItemProcessor?: MachineDefinition;
  readonly Branches?: readonly MachineDefinition[];
}

export interface ReportRelease {
  readonly id: string;
  readonly pipeline: string;
  /** Why it started. */
  readonly trigger: { readonly kind: string; readonly detail: string };
  /** LIVE, REJECTED, ROLLED_BACK, SUPERSEDED, FAILED or DELIVERED; undefined while it runs. */
  readonly outcome: string | undefined;
  readonly reasons: readonly string[];
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** States entered in `release` and in the machines it started. */
  readonly transitions: number;
  readonly executions: readonly ReportExecution[];
  /** What was planned for each step, and why. */
  readonly steps: readonly ReportStep[];
  readonly training: ReportTraining | undefined;
  readonly challenger: ReportEvaluation | undefined;
  readonly champion: ReportEvaluation | undefined;
  readonly gates: readonly { readonly text: string; readonly passed: boolean; readonly reason: string }[];
  /** What became of the compilation; undefined when nothing was compiled. */
  readonly compilation: ReportCompilation | undefined;
  /** What else is worth knowing, a sentence each. */
  readonly notes: readonly string[];
  readonly endpoint:
    | { readonly name: string; readonly intendedConfig: string; readonly servedConfig: string }
    | undefined;
  /** SageMaker jobs, endpoint phases and alarm rings for the timeline, beside the states. */
  readonly spans: readonly ReportSpan[];
}

export interface ReportStep {
  /** process, train, compile, challenger or champion. */
  readonly name: string;
  readonly action: 'run' | 'reuse' | 'adopt';
  readonly why: string;
}

export interface ReportExecution {
  readonly machine: string;
  readonly name: string;
  readonly status: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** In order of entry. A state inside a Map or Parallel tells its iteration. */
  readonly visits: readonly ReportVisit[];
}

export interface ReportVisit {
  readonly state: string;
  readonly type: string;
  readonly enteredAtMs: number;
  readonly exitedAtMs: number | undefined;
  /** `caught`: the state failed and a Catch took over. */
  readonly status: 'running' | 'succeeded' | 'caught' | 'failed';
  readonly iteration?: number;
  readonly retries: number;
  readonly error?: string;
}

export interface ReportTraining {
  readonly spotInterruptions: number;
  readonly resumedFromEpoch: number | undefined;
  readonly trainingSeconds: number;
  readonly billableSeconds: number;
  /** Per epoch, in order; the epoch after a reclaim is where `resumed` is true. */
  readonly epochs: readonly {
    readonly epoch: number;
    readonly trainLogLoss: number;
    readonly validationLogLoss: number;
    readonly validationAuc: number;
    readonly resumed?: boolean;
  }[];
}

export interface ReportCompilation {
  readonly compiled: boolean;
  readonly reason: string;
  readonly seconds: number;
  /** Measured by the evaluation, where the container measures them. */
  readonly predictionDifference: number | undefined;
  readonly speedUp: number | undefined;
  readonly microseconds: number | undefined;
  readonly uncompiledMicroseconds: number | undefined;
  readonly archiveBytes: number | undefined;
  readonly uncompiledArchiveBytes: number | undefined;
}

export interface ReportEvaluation {
  readonly modelOf: string;
  readonly rows: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly roc: readonly { readonly fpr: number; readonly tpr: number }[];
  readonly calibration: readonly {
    readonly predicted: number;
    readonly observed: number;
    readonly count: number;
  }[];
}

export interface ReportSpan {
  readonly label: string;
  readonly kind: 'processing' | 'training' | 'compilation' | 'evaluation' | 'endpoint' | 'alarm';
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly note?: string;
}

/** A time in which a challenger got a share of the requests that did not change. */
export interface ReportPhase {
  /** The challenger's endpoint config; a trial's has the champion on it, too. */
  readonly config: string;
  /** instances: whole instances carry the share. weights: variants' weights do. shadow: it gets copies. */
  readonly kind: 'instances' | 'weights' | 'shadow';
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** What the endpoint itself said. */
  readonly expectedShare: number;
  /** Requests that somebody got an answer to. */
  readonly answered: number;
  /** The challenger's part of them, or the copies that it got. */
  readonly challenger: number;
  readonly challengerFailed: number;
  readonly championFailed: number;
}

export interface ReportTraffic {
  readonly requests: number;
  readonly failed: number;
  readonly failedOnChampion: number;
  /** One entry per real second and fleet. */
  readonly seconds: readonly {
    readonly atMs: number;
    /** The endpoint config whose fleet answered. */
    readonly fleet: string;
    readonly variant: string;
    /** Copies, whose answers nobody got; they are no part of the requests. */
    readonly isShadow: boolean;
    readonly requests: number;
    readonly errors: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
  }[];
  readonly alarms: readonly {
    readonly atMs: number;
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
  /** When a champion and a challenger both got requests. */
  readonly phases: readonly ReportPhase[];
  /** When an endpoint took another config, began to shift, rolled back. */
  readonly marks: readonly { readonly atMs: number; readonly text: string }[];
}
