import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import { compileDefinition } from './definition.ts';
import { checkName } from './names.ts';
import type { StateMachine } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly loggingConfiguration?: object;
  readonly tracingConfiguration?: object;
}

const NO_LOGGING = { level: 'OFF', includeExecutionData: false };
const NO_TRACING = { enabled: false };

/** Idempotent: the same machine again is the one that exists; another under its name is refused. */
export const createStateMachine =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { name, definition, roleArn, type = 'STANDARD' } = input;
    checkName(name);
    const { region, accountId, clock } = states.world;
    const machine = compileDefinition(definition, type, states);
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
    const known = states.machines.get(arn);
    if (known !== undefined) {
      if (!isSame(known, input)) {
        throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      return { stateMachineArn: arn, creationDate: new Date(known.creationMs) };
    }
    const creationMs = clock.now();
    states.machines.set(arn, {
      arn,
      name,
      definition,
      machine,
      roleArn,
      creationMs,
      revisionId: states.ids.uuid(),
      loggingConfiguration: input.loggingConfiguration ?? NO_LOGGING,
      tracingConfiguration: input.tracingConfiguration ?? NO_TRACING,
    });
    return { stateMachineArn: arn, creationDate: new Date(creationMs) };
  };

const isSame = (
  known: StateMachine,
  { definition, type, loggingConfiguration, tracingConfiguration }: Input,
): boolean =>
  known.definition === definition &&
  known.machine.type === (type ?? 'STANDARD') &&
  JSON.stringify(known.loggingConfiguration) === JSON.stringify(loggingConfiguration ?? NO_LOGGING) &&
  JSON.stringify(known.tracingConfiguration) === JSON.stringify(tracingConfiguration ?? NO_TRACING);
