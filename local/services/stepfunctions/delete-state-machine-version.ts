import { AwsError, validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { machineArnOf } from './arns.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** A version that is not there is no fault; one that an alias points at stays. */
export const deleteStateMachineVersion =
  (states: StepFunctions): Operation =>
  ({ stateMachineVersionArn: arn }: { readonly stateMachineVersionArn: string }) => {
    const { plain, version } = machineArnOf(arn);
    if (version === undefined) throw validationError(`The ARN is not one of a state machine version: ${arn}`);
    const machine = states.machines.get(plain);
    const aliases = [...(machine?.aliases.values() ?? [])].filter(({ routing }) =>
      routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn),
    );
    if (aliases.length > 0) {
      const names = aliases.map(({ name }) => name).join(', ');
      throw new AwsError(
        'ConflictException',
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
      );
    }
    machine?.versions.delete(version);
    return {};
  };
