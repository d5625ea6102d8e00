import type { MapItem } from './frame.ts';

/** What is known of an execution since its start or last redrive; its context object says most of it. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly input: unknown;
  readonly roleArn: string;
  readonly startMs: number;
  readonly machineArn: string;
  readonly machineName: string;
  readonly redriveCount: number;
  /** Started by `StartSyncExecution`, or by `TestState`: its context object counts no redrives (recorded). */
  readonly isSynchronous?: boolean;
  /** Absent until the first redrive. */
  readonly redriveMs?: number;
  /** The version, and the alias, that the start was asked for. */
  readonly versionArn?: string;
  readonly aliasArn?: string;
  /** The map run that started it, and how many of its items it has. */
  readonly mapRunArn?: string;
  readonly itemCount?: number;
}

export interface StateFacts {
  readonly name: string;
  readonly enteredMs: number;
  /** Only states that can be retried have a count. */
  readonly retryCount?: number;
  /** Only `.waitForTaskToken` tasks have one, a new one for each attempt. */
  readonly token?: string;
  readonly mapItem?: MapItem;
}

/** `$states.context`, in the order of keys that AWS writes. */
export const contextObject = (execution: ExecutionFacts, state: StateFacts): object => ({
  Execution: {
    Id: execution.arn,
    Input: execution.input,
    StartTime: new Date(execution.startMs).toISOString(),
    Name: execution.name,
    RoleArn: execution.roleArn,
    ...(!execution.isSynchronous && { RedriveCount: execution.redriveCount }),
    ...(execution.redriveMs !== undefined && { RedriveTime: new Date(execution.redriveMs).toISOString() }),
  },
  StateMachine: { Id: execution.machineArn, Name: execution.machineName },
  State: {
    Name: state.name,
    EnteredTime: new Date(state.enteredMs).toISOString(),
    ...(state.retryCount !== undefined && { RetryCount: state.retryCount }),
  },
  ...(state.token !== undefined && { Task: { Token: state.token } }),
  ...(state.mapItem !== undefined && {
    Map: {
      Item: {
        Index: state.mapItem.index,
        ...(state.mapItem.key !== undefined && { Key: state.mapItem.key }),
        Value: state.mapItem.value,
        Source: state.mapItem.source ?? 'STATE_DATA',
      },
    },
  }),
});
