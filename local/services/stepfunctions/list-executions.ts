import type { Execution } from '../../asl/execution.ts';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { pageOf } from './paging.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly statusFilter?: Execution['status'];
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Of one Standard machine, the latest first. */
export const listExecutions =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { arn, machine } = states.findMachine(input.stateMachineArn);
    if (machine.type === 'EXPRESS') {
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    const { statusFilter } = input;
    const executions = [...states.known.values()]
      .filter(({ facts, status }) => facts.machineArn === arn && (statusFilter ?? status) === status)
      .reverse();
    const { items, ...page } = pageOf(executions, input);
    return {
      executions: items.map(({ facts, status, stopMs }) => ({
        executionArn: facts.arn,
        stateMachineArn: arn,
        name: facts.name,
        status,
        startDate: new Date(facts.startMs),
        ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
        redriveCount: 0,
      })),
      ...page,
    };
  };
