import type { Operation } from '../../service.ts';
import { findAlias } from './aliases.ts';
import type { StepFunctions } from './stepfunctions.ts';

export const describeStateMachineAlias =
  (states: StepFunctions): Operation =>
  (input: { readonly stateMachineAliasArn: string }) => {
    const alias = findAlias(states, input.stateMachineAliasArn);
    const { arn, name, description, routing, creationMs, updateMs } = alias;
    return {
      stateMachineAliasArn: arn,
      name,
      ...(description !== undefined && { description }),
      routingConfiguration: routing,
      creationDate: new Date(creationMs),
      updateDate: new Date(updateMs),
    };
  };
