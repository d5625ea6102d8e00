import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

export const describeStateMachine =
  (states: StepFunctions): Operation =>
  ({ stateMachineArn }: { readonly stateMachineArn: string }) => {
    const known = states.findMachine(stateMachineArn);
    return {
      stateMachineArn: known.arn,
      name: known.name,
      status: 'ACTIVE',
      definition: known.definition,
      roleArn: known.roleArn,
      type: known.machine.type,
      creationDate: new Date(known.creationMs),
      loggingConfiguration: known.loggingConfiguration,
      tracingConfiguration: known.tracingConfiguration,
      revisionId: known.revisionId,
    };
  };
