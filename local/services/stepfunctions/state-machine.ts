import type { Machine } from '../../asl/machine.ts';

/** A state machine as it is kept. Executions keep the compiled machine that they started with. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly creationMs: number;
  definition: string;
  machine: Machine;
  roleArn: string;
  revisionId: string;
  tracingConfiguration: object;
  loggingConfiguration: object;
}
