import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import {
  type Configurations,
  encryptionOf,
  loggingOf,
  tracingOf,
  versionDescriptionNeedsPublish,
} from './configurations.ts';
import { compileDefinition } from './definition.ts';
import { checkName, machineIsDeleting } from './names.ts';
import { publish } from './revisions.ts';
import type { Revision, StateMachine } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';
import { addTags, type Tag } from './tags.ts';

interface Input extends Configurations {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly publish?: boolean;
  readonly versionDescription?: string;
  readonly tags?: readonly Tag[];
}

/** Idempotent: the same machine again is the one that exists; another under its name is refused. */
export const createStateMachine =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { name, type = 'STANDARD' } = input;
    checkName(name);
    if (input.versionDescription !== undefined && !input.publish) throw versionDescriptionNeedsPublish();
    const { region, accountId } = states.world;
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
    const known = states.machines.get(arn);
    const revision = revisionOf(states, input);
    if (known?.status === 'DELETING') throw machineIsDeleting(arn);
    if (known !== undefined && !isSame(known, revision)) {
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    const machine = known ?? newMachine(arn, name, type, revision);
    if (known === undefined) addTags(machine, input.tags ?? []);
    states.machines.set(arn, machine);
    const version = input.publish ? publish(states, machine, input.versionDescription) : undefined;
    return {
      stateMachineArn: arn,
      creationDate: new Date(machine.creationMs),
      ...(version !== undefined && { stateMachineVersionArn: version.arn }),
    };
  };

function revisionOf(states: StepFunctions, input: Input): Revision {
  const { definition, roleArn, type = 'STANDARD' } = input;
  return {
    definition,
    roleArn,
    machine: compileDefinition(definition, type, states),
    loggingConfiguration: loggingOf(input),
    tracingConfiguration: tracingOf(input),
    encryptionConfiguration: encryptionOf(input),
    updateMs: states.world.clock.now(),
  };
}

const newMachine = (
  arn: string,
  name: string,
  type: StateMachine['type'],
  revision: Revision,
): StateMachine => ({
  arn,
  name,
  type,
  creationMs: revision.updateMs,
  tags: new Map(),
  versions: new Map(),
  aliases: new Map(),
  status: 'ACTIVE',
  revision,
  lastVersion: 0,
});

/** Role and tags do not count (API reference, CreateStateMachine). */
const isSame = ({ revision, type }: StateMachine, asked: Revision): boolean =>
  revision.definition === asked.definition && type === asked.machine.type && sameSettings(revision, asked);

export const sameSettings = (one: Revision, other: Revision): boolean =>
  settingsText(one) === settingsText(other);

const settingsText = ({
  loggingConfiguration,
  tracingConfiguration,
  encryptionConfiguration,
}: Revision): string => JSON.stringify([loggingConfiguration, tracingConfiguration, encryptionConfiguration]);
