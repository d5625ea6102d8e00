import type { Random } from '../random.ts';
import { AbortScope } from './abort.ts';
import type { CallbackTokens } from './callback-tokens.ts';
import { contextObject, type ExecutionFacts, type StateFacts } from './context.ts';
import type { Data } from './data.ts';
import { ABORTED, StateError } from './errors.ts';
import { Frame } from './frame.ts';
import { HISTORY_LIMIT, History, NOT_TRUNCATED } from './history.ts';
import type { Machine } from './machine.ts';
import { runStates } from './run-states.ts';
import { Scope } from './variables.ts';
import type { AslWorld } from './world.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Longest run of a machine, in seconds (quotas: five minutes, a year). */
const LIMIT_SECONDS = { EXPRESS: 300, STANDARD: 365 * 86_400 };

/** One run of a machine, from its input to its end. */
export class Execution {
  readonly world: AslWorld;
  readonly machine: Machine;
  facts: ExecutionFacts;
  readonly input: Data;
  readonly tokens: CallbackTokens;
  readonly history: History;
  /** Jitter, tokens and request ids of this execution, apart from all others. */
  readonly random: Random;
  /** What the world's journal calls this execution. */
  readonly subject: string;
  /** Resolves at the end of the present attempt; a redrive makes a new one. */
  ended!: Promise<void>;
  status: ExecutionStatus = 'RUNNING';
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  stopMs: number | undefined;
  #abort = new AbortScope();
  /** The workflow's own thread, kept for a redrive. */
  #frame: Frame | undefined;
  #historyIsFull = false;
  #endsAtNextTransition = false;
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
    this.#expectEnd();
  }

  /** Begins after the caller has its answer. */
  start(): void {
    this.history.add('ExecutionStarted', 0, {
      input: this.input.text,
      inputDetails: NOT_TRUNCATED,
      roleArn: this.facts.roleArn,
    });
    this.world.journal.write(this.subject, 'started');
    const frame = new Frame({ execution: this, scope: new Scope(), abort: this.#abort, lastEventId: 0 });
    void this.#run(frame, this.facts.startMs);
  }

  /** Goes on in the state where it stopped. Whether it may is for the caller to know. */
  redrive(): void {
    const redriveMs = this.world.clock.now();
    const redriveCount = this.facts.redriveCount + 1;
    this.facts = { ...this.facts, redriveCount, redriveMs };
    this.status = 'RUNNING';
    this.output = this.error = this.cause = this.stopMs = undefined;
    this.#closed = false;
    this.#abort = new AbortScope();
    this.#expectEnd();
    const eventId = this.history.add('ExecutionRedriven', this.history.events.length, { redriveCount });
    this.world.journal.write(this.subject, `redriven, ${redriveCount}`);
    void this.#run(this.#frame!.resumed(this.#abort, eventId), redriveMs);
  }

  /** Ends the execution from outside. Has no effect on one that has ended. */
  stop(error?: string, cause?: string): void {
    if (this.status === 'RUNNING') this.#end('ABORTED', 'ExecutionAborted', 0, { error, cause });
  }

  /** As AWS ends the executions of a machine that is being deleted. */
  endAtNextTransition(): void {
    this.#endsAtNextTransition = true;
  }

  /** Called for each state entered: the transitions that AWS bills and the journal tells. */
  entered(stateName: string): void {
    this.world.journal.write(this.subject, `entered ${stateName}`);
    if (this.#endsAtNextTransition) this.stop();
  }

  /** Called for each state that a redrive takes up again. */
  resumed(stateName: string): void {
    this.world.journal.write(this.subject, `resumed ${stateName}`);
  }

  /** `$states.context` inside a state. */
  contextOf(state: StateFacts): object {
    return contextObject(this.facts, state);
  }

  #expectEnd(): void {
    this.ended = new Promise((resolve) => {
      this.#tellEnded = resolve;
    });
  }

  async #run(frame: Frame, startMs: number): Promise<void> {
    this.#frame = frame;
    await undefined;
    const timer = this.#startTimeout(startMs);
    try {
      const output = await runStates(frame, this.machine, this.input);
      if (frame.abort.aborted) return;
      this.#end('SUCCEEDED', 'ExecutionSucceeded', frame.lastEventId, { output: output.text });
    } catch (thrown) {
      // A late word from an attempt that has ended is not one of the redrive's.
      if (thrown === ABORTED || frame.abort.aborted) return;
      // Anything else is a fault of this interpreter or a service: it must be seen, not swallowed.
      const failure = thrown instanceof StateError ? thrown : faultOf(thrown);
      this.#end('FAILED', 'ExecutionFailed', frame.lastEventId, {
        error: failure.error,
        cause: failure.stateCause,
      });
    } finally {
      timer.cancel();
    }
  }

  #startTimeout(startMs: number): { cancel(): void } {
    const { type, timeoutSeconds = Number.POSITIVE_INFINITY } = this.machine;
    const seconds = Math.min(timeoutSeconds, LIMIT_SECONDS[type]);
    const timeOut = (): void => {
      if (this.status === 'RUNNING')
        // Recorded of Standard: no error stands anywhere. A synchronous caller has nothing else to look at.
        this.#end('TIMED_OUT', 'ExecutionTimedOut', 0, {
          ...(type === 'EXPRESS' && { error: 'States.Timeout' }),
        });
    };
    // Who waits for ever should hear that nothing is left to happen, not see a year go by.
    const background = seconds === LIMIT_SECONDS.STANDARD;
    return this.world.clock.at(startMs + seconds * 1000, timeOut, { background });
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
    // Nothing takes up what has succeeded.
    if (status === 'SUCCEEDED') this.#frame = undefined;
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
