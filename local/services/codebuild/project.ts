import { AwsError } from '../../aws-error.ts';

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
}

/** What CreateProject takes, as the API names it; what nobody here reads is kept as it came. */
export interface ProjectInput {
  readonly name: string;
  readonly source: { readonly type: string; readonly location?: string };
  readonly sourceVersion?: string;
  readonly artifacts: { readonly type: string };
  readonly environment: {
    readonly type: string;
    readonly image: string;
    readonly computeType: string;
    readonly privilegedMode?: boolean;
    readonly environmentVariables?: readonly EnvironmentVariable[];
  };
  readonly serviceRole: string;
  /** 60, if left out. */
  readonly timeoutInMinutes?: number;
}

export interface Project {
  readonly arn: string;
  readonly input: ProjectInput;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  buildCount: number;
}

/** Without a time-out of its own. Source: model, `CreateProject`. */
export const TIMEOUT_MINUTES = 60;

export const invalidInput = (message: string): AwsError => new AwsError('InvalidInputException', message);

/** A project as BatchGetProjects shows it. */
export const projectDescription = ({ arn, input, createdMs }: Project) => ({
  timeoutInMinutes: TIMEOUT_MINUTES,
  queuedTimeoutInMinutes: 480,
  ...input,
  arn,
  created: new Date(createdMs),
  lastModified: new Date(createdMs),
});
