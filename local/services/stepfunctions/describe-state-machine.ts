import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';
import { variableReferences } from './variable-references.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly includedData?: 'ALL_DATA' | 'METADATA_ONLY';
}

/** A machine as it is, or one of its versions as it was. */
export const describeStateMachine =
  (states: StepFunctions): Operation =>
  ({ stateMachineArn, includedData }: Input) => {
    const { machine, revision, version, label } = states.resolve(stateMachineArn);
    return {
      stateMachineArn: version?.arn ?? stateMachineArn,
      name: machine.name,
      status: machine.status,
      definition: includedData === 'METADATA_ONLY' ? '' : revision.definition,
      roleArn: revision.roleArn,
      type: machine.type,
      creationDate: new Date(version?.creationMs ?? machine.creationMs),
      loggingConfiguration: revision.loggingConfiguration,
      tracingConfiguration: revision.tracingConfiguration,
      ...(label !== undefined && { label }),
      ...(revision.id !== undefined && { revisionId: revision.id }),
      ...(version?.description !== undefined && { description: version.description }),
      encryptionConfiguration: revision.encryptionConfiguration,
      ...(includedData !== 'METADATA_ONLY' && variableReferences(revision.definition, states)),
    };
  };
