import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { findAlias, machineOfRouting } from './aliases.ts';
import type { Route } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineAliasArn: string;
  readonly description?: string;
  readonly routingConfiguration?: readonly Route[];
}

export const updateStateMachineAlias =
  (states: StepFunctions): Operation =>
  ({ stateMachineAliasArn, description, routingConfiguration }: Input) => {
    const alias = findAlias(states, stateMachineAliasArn);
    if (description === undefined && routingConfiguration === undefined) {
      throw validationError('Either the description or the routing configuration must be specified');
    }
    if (routingConfiguration !== undefined) {
      machineOfRouting(states, routingConfiguration);
      alias.routing = routingConfiguration;
    }
    if (description !== undefined) alias.description = description;
    alias.updateMs = states.world.clock.now();
    return { updateDate: new Date(alias.updateMs) };
  };
