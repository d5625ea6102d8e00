import type { Artifact, JobStatus } from './job.ts';
import type { Variables } from './variables.ts';

/** A Step Functions action of a pipeline, as its declaration has it. */
export interface StepFunctionsAction {
  readonly configuration: StepFunctionsConfiguration;
  /** What `#{…}` in the configuration stands for. */
  readonly variables?: Variables;
  readonly inputArtifact?: Artifact;
  readonly outputArtifact?: Artifact;
  /** The pipeline's service role; a person if left out. */
  readonly roleArn?: string;
}

export interface StepFunctionsConfiguration {
  readonly StateMachineArn: string;
  readonly ExecutionNamePrefix?: string;
  readonly InputType?: 'Literal' | 'FilePath';
  /** JSON, or a path in the input artifact. */
  readonly Input?: string;
}

/** One run of such an action; a stage that is retried makes another. */
export interface ActionRun {
  /** AWS's action execution id. */
  readonly id: string;
  readonly action: StepFunctionsAction;
  status: JobStatus;
  executionArn: string | undefined;
  outputVariables: Readonly<Record<string, string>>;
  /** Why it failed. */
  failure: { readonly code: string; readonly message: string } | undefined;
}
