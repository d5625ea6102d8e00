import { type StateError, TaskTimedOut } from '../errors.ts';
import type { Frame } from '../frame.ts';
import { NOT_TRUNCATED } from '../history.ts';
import type { Resource } from '../integrations/resource.ts';
import type { TaskLimits } from './task-limits.ts';

/** The history of one attempt at a Task. A function's ARN as resource has event types of its own. */
export class TaskEvents {
  readonly #frame: Frame;
  readonly #isFunction: boolean;
  readonly #names: { readonly resourceType: string; readonly resource: string };
  readonly #waitsAfterRequest: boolean;
  #phase: 'entered' | 'started' | 'submitted' | 'succeeded' = 'entered';

  constructor(frame: Frame, { style, resourceType, resource, pattern }: Resource) {
    this.#frame = frame;
    this.#isFunction = style === 'function';
    this.#names = { resourceType, resource };
    this.#waitsAfterRequest = pattern !== 'request';
  }

  /** @param roleArn of the state's `Credentials` */
  scheduled(
    input: string,
    { timeoutSeconds, heartbeatSeconds }: TaskLimits,
    roleArn: string | undefined,
    region: string,
  ): void {
    const limits = {
      ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
      ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
    };
    const taskCredentials = roleArn !== undefined && { taskCredentials: { roleArn } };
    if (this.#isFunction) {
      const { resource } = this.#names;
      this.#frame.event('LambdaFunctionScheduled', {
        resource,
        input,
        inputDetails: NOT_TRUNCATED,
        ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
        ...taskCredentials,
      });
    } else {
      this.#frame.event('TaskScheduled', {
        ...this.#names,
        region,
        parameters: input,
        ...limits,
        ...taskCredentials,
      });
    }
  }

  started(): void {
    this.#phase = 'started';
    if (this.#isFunction) this.#frame.event('LambdaFunctionStarted');
    else this.#frame.event('TaskStarted', this.#names);
  }

  submitted(output: string): void {
    this.#phase = 'submitted';
    this.#frame.event('TaskSubmitted', { ...this.#names, output, outputDetails: NOT_TRUNCATED });
  }

  succeeded(output: string): void {
    this.#phase = 'succeeded';
    const details = { output, outputDetails: NOT_TRUNCATED };
    if (this.#isFunction) this.#frame.event('LambdaFunctionSucceeded', details);
    else this.#frame.event('TaskSucceeded', { ...this.#names, ...details });
  }

  /** Errors before the start and after the success belong to the state and have events of their own. */
  failed(thrown: StateError): void {
    if (this.#phase === 'entered' || this.#phase === 'succeeded') return;
    const { error, stateCause: cause } = thrown;
    const details = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
    if (this.#isFunction) this.#frame.event(`LambdaFunction${this.#outcome(thrown)}`, details);
    else this.#frame.event(`Task${this.#outcome(thrown)}`, { ...this.#names, ...details });
  }

  #outcome(thrown: StateError): string {
    if (thrown instanceof TaskTimedOut) return 'TimedOut';
    // Reported for `.sync`: the request itself was refused.
    return this.#waitsAfterRequest && this.#phase === 'started' ? 'SubmitFailed' : 'Failed';
  }
}
