import type { Caller, Operation } from '../../service.ts';
import { beginExecution, parseInput } from './begin-execution.ts';
import { describeExecutionOutput, type IncludedData } from './describe-execution.ts';
import { checkName, notForThisType } from './names.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input extends IncludedData {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

/** Runs an Express machine and answers with its end. A failed execution is an answer too, not an error. */
export const startSyncExecution =
  (states: StepFunctions): Operation =>
  async ({ stateMachineArn, name, input = '{}', includedData }: Input, caller: Caller) => {
    const resolved = states.resolveActive(stateMachineArn);
    if (resolved.machine.type !== 'EXPRESS') throw notForThisType();
    if (name !== undefined) checkName(name);
    const given = parseInput(input);
    const execution = beginExecution(states, resolved, name ?? states.ids.uuid(), given, caller, true);
    await execution.ended;
    const { redriveCount, redriveStatus, redriveStatusReason, ...output } = describeExecutionOutput(
      execution,
      { includedData },
    );
    const milliseconds = execution.stopMs! - execution.facts.startMs;
    return {
      ...output,
      // Recorded: also of an execution that failed and has no output.
      ...(includedData !== 'METADATA_ONLY' && { outputDetails: { included: true } }),
      // Billed by 100 ms and 64 MB.
      billingDetails: {
        billedMemoryUsedInMB: 64,
        billedDurationInMilliseconds: Math.max(100, Math.ceil(milliseconds / 100) * 100),
      },
    };
  };
