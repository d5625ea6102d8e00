import { type Data, exceedsLimit } from '../../asl/data.ts';
import { Execution } from '../../asl/execution.ts';
import { AwsError } from '../../aws-error.ts';
import { jsonFault } from '../../json-text/json-fault.ts';
import type { Caller } from '../../service.ts';
import { announce } from './status-events.ts';
import type { Resolved, StepFunctions } from './stepfunctions.ts';

/** @throws AwsError `InvalidExecutionInput` */
export function parseInput(text: string): Data {
  if (text.trim() === '') throw invalidInput('Invalid execution input.');
  if (exceedsLimit(text)) {
    throw new AwsError(
      'ValidationException',
      'Input exceeds the maximum number of bytes service limit (262144)',
    );
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    throw invalidInput(jsonFault(text).reason);
  }
}

const invalidInput = (fault: string): AwsError =>
  new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${fault}'`);

/** Makes an execution known, tells of its start and end, and lets it run. */
export function beginExecution(
  states: StepFunctions,
  { machine: { arn: machineArn, name: machineName }, revision, version, aliasArn }: Resolved,
  name: string,
  input: Data,
  caller: Caller,
  isSynchronous = false,
): Execution {
  const { machine, roleArn } = revision;
  // An Express execution's name may be used again, so its ARN ends in an id of its own.
  const arn =
    machine.type === 'EXPRESS'
      ? `${machineArn.replace(':stateMachine:', ':express:')}:${name}:${states.ids.uuid()}`
      : `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const facts = {
    arn,
    name,
    input: input.value,
    roleArn,
    startMs: states.world.clock.now(),
    machineArn,
    machineName,
    redriveCount: 0,
    ...(isSynchronous && { isSynchronous }),
    ...(version !== undefined && { versionArn: version.arn }),
    ...(aliasArn !== undefined && { aliasArn }),
  };
  const execution = new Execution(states.world, machine, facts, input, states.tokens);
  states.keepExecution(execution, caller.via === 'state' ? caller.sourceArn : undefined, revision);
  execution.start();
  announce(execution);
  return execution;
}
