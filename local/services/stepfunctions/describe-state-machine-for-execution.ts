import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';
import { variableReferences } from './variable-references.ts';

interface Input {
  readonly executionArn: string;
  readonly includedData?: 'ALL_DATA' | 'METADATA_ONLY';
}

/** The machine as it was when the execution began. */
export const describeStateMachineForExecution =
  (states: StepFunctions): Operation =>
  ({ executionArn, includedData }: Input) => {
    const execution = states.findStandardExecution(executionArn);
    const { machineArn, machineName, mapRunArn } = execution.facts;
    const revision = states.revisionOf(execution);
    const mapRun = mapRunArn === undefined ? undefined : states.mapRuns.get(mapRunArn);
    return {
      stateMachineArn: machineArn,
      name: machineName,
      definition: includedData === 'METADATA_ONLY' ? '' : revision.definition,
      roleArn: revision.roleArn,
      updateDate: new Date(revision.updateMs),
      loggingConfiguration: revision.loggingConfiguration,
      tracingConfiguration: revision.tracingConfiguration,
      ...(mapRun !== undefined && { mapRunArn: mapRun.arn, label: mapRun.label }),
      ...(revision.id !== undefined && { revisionId: revision.id }),
      encryptionConfiguration: revision.encryptionConfiguration,
      ...(includedData !== 'METADATA_ONLY' && variableReferences(revision.definition, states)),
    };
  };
