import type { Execution } from '../../asl/execution.ts';
import { redrivability } from '../../asl/redrivability.ts';
import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

export interface IncludedData {
  /** `METADATA_ONLY` leaves out what people and machines put in. */
  readonly includedData?: 'ALL_DATA' | 'METADATA_ONLY' | undefined;
}

/** Of Standard executions; Express ones are told only in logs. */
export const describeExecution =
  (states: StepFunctions): Operation =>
  ({ executionArn, ...options }: { readonly executionArn: string } & IncludedData) =>
    describeExecutionOutput(states.findStandardExecution(executionArn), options);

export function describeExecutionOutput(
  execution: Execution,
  { includedData }: IncludedData = {},
): Record<string, unknown> {
  const { facts, status, input, output, error, cause, stopMs } = execution;
  const redrive = redrivability(execution);
  return {
    executionArn: facts.arn,
    stateMachineArn: facts.machineArn,
    name: facts.name,
    status,
    startDate: new Date(facts.startMs),
    ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
    ...(includedData !== 'METADATA_ONLY' && {
      input: input.text,
      inputDetails: { included: true },
      ...(output !== undefined && { output, outputDetails: { included: true } }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    }),
    ...(facts.mapRunArn !== undefined && { mapRunArn: facts.mapRunArn }),
    ...(facts.versionArn !== undefined && { stateMachineVersionArn: facts.versionArn }),
    ...(facts.aliasArn !== undefined && { stateMachineAliasArn: facts.aliasArn }),
    redriveCount: facts.redriveCount,
    ...(facts.redriveMs !== undefined && { redriveDate: new Date(facts.redriveMs) }),
    redriveStatus: redrive.status,
    ...(redrive.reason !== undefined && { redriveStatusReason: redrive.reason }),
  };
}
