import type { DistributedMap } from './distributed/definition.ts';
import type { Resource } from './integrations/resource.ts';
import type { Template } from './template.ts';

/** A state machine as it is run: checked, with every expression compiled. */
export interface Machine extends States {
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly timeoutSeconds?: number;
}

/** A set of states that refer to each other: the machine itself, a branch, an item processor. */
export interface States {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  | TaskState
  | PassState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/** What a state leaves behind: `Output` replaces what is handed on, `Assign` sets variables. */
export interface Exit {
  readonly output?: Template;
  readonly assign?: Template;
}

interface StateBase extends Exit {
  readonly name: string;
  /** Absent at an end. */
  readonly next?: string;
}

export interface Recoverable {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface TaskState extends StateBase, Recoverable {
  readonly type: 'Task';
  readonly resource: Resource;
  readonly arguments?: Template;
  /** ARN of a role to act as instead of the machine's own. */
  readonly credentials?: Template;
  /** Seconds. */
  readonly timeout?: Template;
  /** Seconds. */
  readonly heartbeat?: Template;
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
}

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly default?: string;
}

export interface ChoiceRule extends Exit {
  readonly condition: Template;
  readonly next: string;
}

export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly seconds?: Template;
  readonly timestamp?: Template;
}

export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error?: Template;
  readonly cause?: Template;
}

export interface ParallelState extends StateBase, Recoverable {
  readonly type: 'Parallel';
  readonly arguments?: Template;
  readonly branches: readonly States[];
}

export interface MapState extends StateBase, Recoverable {
  readonly type: 'Map';
  readonly items?: Template;
  readonly itemSelector?: Template;
  readonly maxConcurrency?: Template;
  readonly processor: States;
  /** Present: the items are processed by executions of their own. */
  readonly distributed?: DistributedMap;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly fullJitter: boolean;
}

export interface Catcher extends Exit {
  readonly errorEquals: readonly string[];
  readonly next: string;
}
