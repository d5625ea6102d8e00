import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { machineOfRouting } from './aliases.ts';
import { machineIsDeleting } from './names.ts';
import type { Alias, Route } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly name: string;
  readonly description?: string;
  readonly routingConfiguration: readonly Route[];
}

/** Aliases of one machine (quota). */
const MOST_ALIASES = 100;

/** Idempotent: the same alias again is the one that exists; another under its name is refused. */
export const createStateMachineAlias =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { name, description, routingConfiguration: routing } = input;
    const machine = machineOfRouting(states, routing);
    if (machine.status === 'DELETING') throw machineIsDeleting(machine.arn);
    const known = machine.aliases.get(name);
    if (known !== undefined && !isSame(known, input)) {
      throw new AwsError(
        'ConflictException',
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    }
    if (known === undefined && machine.aliases.size >= MOST_ALIASES) {
      throw new AwsError(
        'ServiceQuotaExceededException',
        `The state machine has reached the quota of ${MOST_ALIASES} aliases.`,
        402,
      );
    }
    const nowMs = states.world.clock.now();
    const arn = `${machine.arn}:${name}`;
    const alias = known ?? { arn, name, creationMs: nowMs, updateMs: nowMs, routing };
    if (description !== undefined) alias.description = description;
    machine.aliases.set(name, alias);
    return { stateMachineAliasArn: arn, creationDate: new Date(alias.creationMs) };
  };

const isSame = (known: Alias, { description, routingConfiguration }: Input): boolean =>
  known.description === description && JSON.stringify(known.routing) === JSON.stringify(routingConfiguration);
