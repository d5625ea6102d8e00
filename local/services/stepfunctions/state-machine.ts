import type { Machine } from '../../asl/machine.ts';

/** A state machine as it stands at one time. Executions and versions keep the revision that they began with. */
export interface Revision {
  /** Absent until the first update. */
  readonly id?: string;
  readonly definition: string;
  readonly machine: Machine;
  readonly roleArn: string;
  readonly loggingConfiguration: object;
  readonly tracingConfiguration: object;
  readonly encryptionConfiguration: object;
  readonly updateMs: number;
}

export interface Version {
  readonly arn: string;
  readonly revision: Revision;
  readonly description?: string;
  readonly creationMs: number;
}

export interface Alias {
  readonly arn: string;
  readonly name: string;
  readonly creationMs: number;
  description?: string;
  routing: readonly Route[];
  updateMs: number;
}

export interface Route {
  readonly stateMachineVersionArn: string;
  /** Percent. */
  readonly weight: number;
}

/** A state machine as it is kept. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly type: Machine['type'];
  readonly creationMs: number;
  readonly tags: Map<string, string>;
  /** By number, in the order of their making. */
  readonly versions: Map<number, Version>;
  readonly aliases: Map<string, Alias>;
  status: 'ACTIVE' | 'DELETING';
  revision: Revision;
  /** Numbers are not given out again. */
  lastVersion: number;
}
