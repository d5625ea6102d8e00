/** Who makes a call. Everything that happens in the local world is done by a role, a service or a person. */
export interface Caller {
  /** The acting role's ARN, a service principal such as `events.amazonaws.com`, or the person's ARN. */
  readonly arn: string;
  /** How the call came: through a state, a function's SDK client, a service on someone's behalf, or by hand. */
  readonly via: 'state' | 'function' | 'service' | 'person';
  /** What caused it, for the journal and for service-to-service conditions: an execution, function or rule ARN. */
  readonly sourceArn?: string;
}

/**
 * One AWS API operation of a stand-in. The input has already been found valid
 * by AWS's own model; the output has the shape that AWS's model gives it, with
 * times as `Date` or epoch milliseconds left to the caller to render.
 *
 * @throws AwsError as the service would
 */
// biome-ignore lint/suspicious/noExplicitAny: the shapes are AWS's models, checked at the door at run time.
export type Operation = (input: any, caller: Caller) => unknown | Promise<unknown>;

/** A stand-in for one AWS service: a table of operations by AWS's own names (`PutObject`). */
export interface Service {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Releases sockets, child processes and workers. */
  close?(): Promise<void> | void;
}

/** Every service the local world knows, by the name of its file in `local/models`. */
export type ServiceName =
  | 'application-autoscaling'
  | 'cloudwatch'
  | 'codebuild'
  | 'codecommit'
  | 'codepipeline'
  | 'dynamodb'
  | 'ecr'
  | 'events'
  | 'lambda'
  | 's3'
  | 'sagemaker'
  | 'sagemaker-runtime'
  | 'scheduler'
  | 'schemas'
  | 'sns'
  | 'sqs'
  | 'stepfunctions';
