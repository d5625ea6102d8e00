import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { compileDefinition } from './definition.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly definition?: string;
  readonly roleArn?: string;
  readonly loggingConfiguration?: object;
  readonly tracingConfiguration?: object;
}

/** Changes a machine for later executions; those that run keep the definition they started with. */
export const updateStateMachine =
  (states: StepFunctions): Operation =>
  ({ stateMachineArn, definition, roleArn, loggingConfiguration, tracingConfiguration }: Input) => {
    const known = states.findMachine(stateMachineArn);
    if (!definition && !roleArn && !loggingConfiguration && !tracingConfiguration) {
      const message =
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified';
      throw new AwsError('MissingRequiredParameter', message);
    }
    if (definition !== undefined) {
      known.machine = compileDefinition(definition, known.machine.type, states);
      known.definition = definition;
    }
    known.roleArn = roleArn ?? known.roleArn;
    known.loggingConfiguration = loggingConfiguration ?? known.loggingConfiguration;
    known.tracingConfiguration = tracingConfiguration ?? known.tracingConfiguration;
    known.revisionId = states.ids.uuid();
    return { updateDate: new Date(states.world.clock.now()), revisionId: known.revisionId };
  };
