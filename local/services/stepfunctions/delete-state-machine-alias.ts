import type { Operation } from '../../service.ts';
import { machineArnOf } from './arns.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Recorded by AWS: an alias that is not there is no fault. */
export const deleteStateMachineAlias =
  (states: StepFunctions): Operation =>
  ({ stateMachineAliasArn }: { readonly stateMachineAliasArn: string }) => {
    const { plain, alias } = machineArnOf(stateMachineAliasArn);
    states.machines.get(plain)?.aliases.delete(alias ?? '');
    return {};
  };
