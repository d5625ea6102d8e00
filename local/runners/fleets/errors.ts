/** No container took the request: its process is gone, or its socket refuses. */
export class FleetUnreachableError extends Error {
  override readonly name = 'FleetUnreachableError';
}

/** The container took the request and did not answer in time. */
export class InvocationTimedOutError extends Error {
  override readonly name = 'InvocationTimedOutError';
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(`No answer within ${limitMs / 1000} s.`);
    this.limitMs = limitMs;
  }
}

/** `/ping` did not answer 200 in time. The text is SageMaker's; what the container printed last follows it. */
export class PingFailedError extends Error {
  override readonly name = 'PingFailedError';

  constructor(variantName: string, lastOutput = '') {
    super(
      `The primary container for production variant ${variantName} did not pass the ping health check. Please check CloudWatch logs for this endpoint.${lastOutput === '' ? '' : ` Last output: ${lastOutput}`}`,
    );
  }
}

/** A container has 60 s for an answer. Source: SageMaker developer guide, "Custom inference code with hosting services". */
export const INVOCATION_LIMIT_MS = 60_000;
