/**
 * An error as an AWS service answers it.
 *
 * `code` is the service's own word (`ResourceInUse`, `ConditionalCheckFailedException`).
 * How a state machine names it (`SageMaker.ResourceInUseException`) is decided in
 * `local/asl/integrations`, how HTTP carries it in `local/http`.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly statusCode: number;
  /** What the error's shape has besides the message, such as a failed transaction's reasons. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    statusCode = 400,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.statusCode = statusCode;
    this.members = members;
  }
}

/**
 * The service may have acted, but its answer never came: what an SDK client
 * makes of a dead connection. No service says this, so HTTP carries it by
 * cutting the connection.
 */
export class LostAnswer extends AwsError {
  constructor() {
    super('SdkClientException', 'Unable to execute HTTP request: Read timed out', 504);
  }
}

/** What only this world cannot do. No service answers like this, so that nobody takes it for AWS's own refusal. */
export const notModelled = (what: string): AwsError =>
  new AwsError(
    'NotModelled',
    `${what} is not modelled in this local world; docs/fidelity.md lists what is.`,
    501,
  );

/** The error most services answer to a request that their rules refuse. */
export const validationError = (message: string): AwsError => new AwsError('ValidationException', message);
