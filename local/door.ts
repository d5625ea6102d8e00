import type { Caller, ServiceName } from './service.ts';

/** One call to AWS, from wherever it comes. */
export interface Call {
  readonly service: ServiceName;
  /** AWS's own name of the operation, such as `CreateTrainingJob`. */
  readonly operation: string;
  readonly input: unknown;
  readonly caller: Caller;
}

/**
 * The one way into the services. In this order: is the input valid by AWS's own
 * model → who is calling → does their role allow it → is a fault due → the service.
 */
export interface Door {
  /** @throws AwsError as AWS would answer */
  call(call: Call): Promise<unknown>;
}
