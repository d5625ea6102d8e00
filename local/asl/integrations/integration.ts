import type { Data } from '../data.ts';
import type { Execution } from '../execution.ts';
import type { Resource } from './resource.ts';

/** One attempt at a Task, as its integration sees it. */
export interface TaskCall {
  readonly execution: Execution;
  readonly resource: Resource;
  /** The state's evaluated `Arguments`. */
  readonly arguments: unknown;
  /** Calls an operation as the machine's own role. */
  call(operation: string, input: unknown): Promise<unknown>;
  /** The child execution that this task waited for when its execution ended, where a redrive takes it up. */
  readonly earlierChild: string | undefined;
  /** Names the child to take up, should the execution be redriven. */
  keepChild(executionArn: string): void;
  /** What to do, as well as can be, when the execution or branch is given up before the task's end. */
  whenGivenUp(undo: () => void): void;
}

/**
 * How Step Functions works with one service.
 *
 * Both throw StateError with the name that Retry and Catch match.
 */
export interface Integration {
  /** Makes the request; its answer is the task's result, or what `TaskSubmitted` shows. */
  request(task: TaskCall): Promise<Data>;
  /** `.sync`: waits until what was asked for has ended. */
  finish?(task: TaskCall, answer: unknown): Promise<Data>;
}
