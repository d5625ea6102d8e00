import { AwsError } from '../../aws-error.ts';
import type { Caller, Operation } from '../../service.ts';
import { beginExecution, parseInput } from './begin-execution.ts';
import { describeExecutionOutput } from './describe-execution.ts';
import { checkName } from './names.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

/** Runs an Express machine and answers with its end. A failed execution is an answer too, not an error. */
export const startSyncExecution =
  (states: StepFunctions): Operation =>
  async ({ stateMachineArn, name, input = '{}' }: Input, caller: Caller) => {
    const machine = states.findMachine(stateMachineArn);
    if (machine.machine.type !== 'EXPRESS') {
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    if (name !== undefined) checkName(name);
    const execution = beginExecution(states, machine, name ?? states.ids.uuid(), parseInput(input), caller);
    await execution.ended;
    const { redriveCount, redriveStatus, redriveStatusReason, ...output } =
      describeExecutionOutput(execution);
    const milliseconds = execution.stopMs! - execution.facts.startMs;
    return {
      ...output,
      // Billed by 100 ms and 64 MB.
      billingDetails: {
        billedMemoryUsedInMB: 64,
        billedDurationInMilliseconds: Math.max(100, Math.ceil(milliseconds / 100) * 100),
      },
    };
  };
