import type { Timer } from '../../clock/clock.ts';
import type { Variables } from './variables.ts';

export interface Artifact {
  readonly name: string;
  readonly bucketName: string;
  readonly objectKey: string;
}

/** One Lambda action of a pipeline, as it reaches its function. */
export interface LambdaAction {
  readonly functionName: string;
  /** Up to 1,000 characters. */
  readonly userParameters?: string;
  /** What `#{…}` in the parameters stands for. */
  readonly variables?: Variables;
  readonly inputArtifacts?: readonly Artifact[];
  readonly outputArtifacts?: readonly Artifact[];
  /** The pipeline's service role, which invokes the function and may read and write the artifacts; a person if left out. */
  readonly roleArn?: string;
}

export type JobStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'TimedOut';

/** A job that a function was given, with what it has answered so far. */
export interface Job {
  readonly id: string;
  readonly action: LambdaAction;
  /** Epoch milliseconds. */
  readonly startedMs: number;
  status: JobStatus;
  /** How often the function was called. */
  calls: number;
  continuationToken: string | undefined;
  outputVariables: Readonly<Record<string, string>>;
  executionDetails: ExecutionDetails | undefined;
  failure: FailureDetails | undefined;
  /** The next thing to happen: another call, or the end of patience. */
  timer?: Timer;
}

export interface ExecutionDetails {
  readonly summary?: string;
  readonly externalExecutionId?: string;
  readonly percentComplete?: number;
}

export interface FailureDetails {
  readonly type: string;
  readonly message: string;
  readonly externalExecutionId?: string;
}
