import type { Random } from '../random.ts';
import { AbortScope } from './abort.ts';
import type { CallbackTokens } from './callback-tokens.ts';
import type { ExecutionFacts } from './context.ts';
import type { Data } from './data.ts';
import { ABORTED, StateError } from './errors.ts';
import { Frame } from './frame.ts';
import { HISTORY_LIMIT, History, NOT_TRUNCATED } from './history.ts';
import type { Machine } from './machine.ts';
import { runStates } from './run-states.ts';
import { Scope } from './variables.ts';
import type { AslWorld } from './world.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Longest run of an Express machine, in seconds (quota: five minutes). */
const EXPRESS_LIMIT_SECONDS = 300;

/** One run of a machine, from its input to its end. */
export class Execution {
  readonly world: AslWorld;
  readonly machine: Machine;
  readonly facts: ExecutionFacts;
  readonly input: Data;
  readonly tokens: CallbackTokens;
  readonly history: History;
  /** Jitter, tokens and request ids of this execution, apart from all others. */
  readonly random: Random;
  /** What the world's journal calls this execution. */
  readonly subject: string;
  readonly ended: Promise<void>;
  status: ExecutionStatus = 'RUNNING';
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  stopMs: number | undefined;
  readonly #abort = new AbortScope();
  #historyIsFull = false;
  #closed = false;
  #tellEnded!: () => void;

  constructor(world: AslWorld, machine: Machine, facts: ExecutionFacts, input: Data, tokens: CallbackTokens) {
    this.world = world;
    this.machine = machine;
    this.facts = facts;
    this.input = input;
    this.tokens = tokens;
    this.history = new History(world.clock, (count) => this.#admitsEvent(count));
    this.random = world.random.stream(`states/${facts.arn}`);
    this.subject = `states/${facts.machineName}/${facts.name}`;
    this.ended = new Promise((resolve) => {
      this.#tellEnded = resolve;
    });
  }

  /** Begins after the caller has its answer. */
  start(): void {
    this.history.add('ExecutionStarted', 0, {
      input: this.input.text,
      inputDetails: NOT_TRUNCATED,
      roleArn: this.facts.roleArn,
    });
    this.world.journal.write(this.subject, 'started');
    void this.#run();
  }

  /** Ends the execution from outside. Has no effect on one that has ended. */
  stop(error?: string, cause?: string): void {
    if (this.status === 'RUNNING') this.#end('ABORTED', 'ExecutionAborted', 0, { error, cause });
  }

  /** Called for each state entered: the transitions that AWS bills and the journal tells. */
  entered(stateName: string): void {
    this.world.journal.write(this.subject, `entered ${stateName}`);
  }

  async #run(): Promise<void> {
    await undefined;
    const frame = new Frame({ execution: this, scope: new Scope(), abort: this.#abort, lastEventId: 0 });
    const timer = this.#startTimeout();
    try {
      const output = await runStates(frame, this.machine, this.input);
      this.#end('SUCCEEDED', 'ExecutionSucceeded', frame.lastEventId, { output: output.text });
    } catch (thrown) {
      if (thrown === ABORTED) return;
      // Anything else is a fault of this interpreter or a service: it must be seen, not swallowed.
      const failure = thrown instanceof StateError ? thrown : faultOf(thrown);
      this.#end('FAILED', 'ExecutionFailed', frame.lastEventId, {
        error: failure.error,
        cause: failure.stateCause,
      });
    } finally {
      timer?.cancel();
    }
  }

  #startTimeout(): { cancel(): void } | undefined {
    const limit = this.machine.type === 'EXPRESS' ? EXPRESS_LIMIT_SECONDS : Number.POSITIVE_INFINITY;
    const seconds = Math.min(this.machine.timeoutSeconds ?? Number.POSITIVE_INFINITY, limit);
    if (seconds === Number.POSITIVE_INFINITY) return undefined;
    return this.world.clock.at(this.facts.startMs + seconds * 1000, () => {
      if (this.status === 'RUNNING')
        this.#end('TIMED_OUT', 'ExecutionTimedOut', 0, { error: 'States.Timeout' });
    });
  }

  #end(
    status: ExecutionStatus,
    eventType: string,
    previousEventId: number,
    { output, error, cause }: { output?: string; error?: string | undefined; cause?: string | undefined },
  ): void {
    this.status = status;
    this.output = output;
    this.error = error;
    this.cause = cause;
    this.stopMs = this.world.clock.now();
    this.history.add(eventType, previousEventId, {
      ...(output !== undefined && { output, outputDetails: NOT_TRUNCATED }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
    this.#closed = true;
    this.#abort.abort();
    const reason = [error, cause].filter((text) => text !== undefined).join(': ');
    this.world.journal.write(this.subject, reason === '' ? status : `${status} ${reason}`);
    this.#tellEnded();
  }

  #admitsEvent(count: number): boolean {
    // The last place is kept for the event that ends the execution.
    if (this.status !== 'RUNNING') return !this.#closed;
    if (this.machine.type === 'EXPRESS' || count < HISTORY_LIMIT - 1) return true;
    if (this.#historyIsFull) return false;
    this.#historyIsFull = true;
    throw new StateError(
      'States.Runtime',
      `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`,
    );
  }
}

function faultOf(thrown: unknown): StateError {
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new StateError('States.Runtime', `The local world could not run this state: ${text}`);
}
