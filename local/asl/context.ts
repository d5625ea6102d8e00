import type { MapItem } from './frame.ts';

/** What an execution's context object says of it and its machine. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly input: unknown;
  readonly roleArn: string;
  readonly startMs: number;
  readonly machineArn: string;
  readonly machineName: string;
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
    RedriveCount: 0,
  },
  StateMachine: { Id: execution.machineArn, Name: execution.machineName },
  State: {
    Name: state.name,
    EnteredTime: new Date(state.enteredMs).toISOString(),
    ...(state.retryCount !== undefined && { RetryCount: state.retryCount }),
  },
  ...(state.token !== undefined && { Task: { Token: state.token } }),
  ...(state.mapItem !== undefined && {
    Map: { Item: { Index: state.mapItem.index, Value: state.mapItem.value, Source: 'STATE_DATA' } },
  }),
});
