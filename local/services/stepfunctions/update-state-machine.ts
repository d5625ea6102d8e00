import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import {
  type Configurations,
  encryptionOf,
  loggingOf,
  tracingOf,
  versionDescriptionNeedsPublish,
} from './configurations.ts';
import { sameSettings } from './create-state-machine.ts';
import { compileDefinition } from './definition.ts';
import { publish } from './revisions.ts';
import type { Revision, StateMachine } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input extends Configurations {
  readonly stateMachineArn: string;
  readonly definition?: string;
  readonly roleArn?: string;
  readonly publish?: boolean;
  readonly versionDescription?: string;
}

/** Changes a machine for later executions; those that run keep the revision they started with. */
export const updateStateMachine =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const machine = states.findActiveMachine(input.stateMachineArn);
    if (changesNothing(input)) {
      const message =
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified';
      throw new AwsError('MissingRequiredParameter', message);
    }
    if (input.versionDescription !== undefined && !input.publish) throw versionDescriptionNeedsPublish();
    const changed = changedRevision(states, machine, input);
    // Recorded by AWS: what says the same again is no new revision.
    if (!isSame(machine.revision, changed)) machine.revision = changed;
    const version = input.publish ? publish(states, machine, input.versionDescription) : undefined;
    const { id, updateMs } = machine.revision;
    return {
      updateDate: new Date(machine.revision === changed ? updateMs : states.world.clock.now()),
      ...(id !== undefined && { revisionId: id }),
      ...(version !== undefined && { stateMachineVersionArn: version.arn }),
    };
  };

const changesNothing = ({
  definition,
  roleArn,
  loggingConfiguration,
  tracingConfiguration,
  encryptionConfiguration,
}: Input): boolean =>
  !definition && !roleArn && !loggingConfiguration && !tracingConfiguration && !encryptionConfiguration;

function changedRevision(states: StepFunctions, { revision, type }: StateMachine, input: Input): Revision {
  const { definition, roleArn } = input;
  return {
    ...revision,
    ...(definition !== undefined && { definition, machine: compileDefinition(definition, type, states) }),
    ...(roleArn !== undefined && { roleArn }),
    ...(input.loggingConfiguration && { loggingConfiguration: loggingOf(input) }),
    ...(input.tracingConfiguration && { tracingConfiguration: tracingOf(input) }),
    ...(input.encryptionConfiguration && { encryptionConfiguration: encryptionOf(input) }),
    id: states.ids.uuid(),
    updateMs: states.world.clock.now(),
  };
}

const isSame = (one: Revision, other: Revision): boolean =>
  one.definition === other.definition && one.roleArn === other.roleArn && sameSettings(one, other);
