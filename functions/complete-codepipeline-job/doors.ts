/** What a job is told. */
export type Answer =
  | {
      readonly kind: 'going-on';
      /** Comes back with the next call: the execution's ARN. */
      readonly continuationToken: string;
      readonly summary: string;
    }
  | {
      readonly kind: 'success';
      readonly executionArn: string;
      readonly summary: string;
      readonly outputVariables: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'failure';
      readonly type: 'ConfigurationError' | 'JobFailed' | 'PermissionError';
      readonly message: string;
      readonly executionArn?: string;
    };

/** An execution as DescribeExecution shows it. */
export interface Execution {
  readonly executionArn: string;
  readonly status: string;
  /** JSON text. */
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** The world outside: what this function may do there. */
export interface Doors {
  /** Starts a release, or finds the one of this name. Answers its ARN. @throws PermissionDenied */
  readonly start: (name: string, request: object) => Promise<string>;
  /** @throws PermissionDenied */
  readonly look: (executionArn: string) => Promise<Execution>;
  /** A job that was answered already needs nothing. */
  readonly answer: (jobId: string, answer: Answer) => Promise<void>;
}

/** The role may not do it: only somebody who changes the stack can help. */
export class PermissionDenied extends Error {}
