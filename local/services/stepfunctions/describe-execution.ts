import type { Execution } from '../../asl/execution.ts';
import type { Operation } from '../../service.ts';
import { executionDoesNotExist } from './names.ts';
import { redriveReason, redriveStatus } from './status-events.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Of Standard executions; Express ones are told only in logs. */
export const describeExecution =
  (states: StepFunctions): Operation =>
  ({ executionArn }: { readonly executionArn: string }) => {
    const execution = states.findExecution(executionArn);
    if (execution.machine.type === 'EXPRESS') throw executionDoesNotExist(executionArn);
    return describeExecutionOutput(execution);
  };

export function describeExecutionOutput(execution: Execution): Record<string, unknown> {
  const { facts, status, input, output, error, cause, stopMs } = execution;
  const reason = redriveReason(status);
  return {
    executionArn: facts.arn,
    stateMachineArn: facts.machineArn,
    name: facts.name,
    status,
    startDate: new Date(facts.startMs),
    ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
    input: input.text,
    inputDetails: { included: true },
    ...(output !== undefined && { output, outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    redriveCount: 0,
    redriveStatus: redriveStatus(status),
    ...(reason !== null && { redriveStatusReason: reason }),
  };
}
