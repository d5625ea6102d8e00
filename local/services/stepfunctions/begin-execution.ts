import { type Data, exceedsLimit } from '../../asl/data.ts';
import { Execution } from '../../asl/execution.ts';
import { AwsError } from '../../aws-error.ts';
import type { Caller } from '../../service.ts';
import { jsonFault } from './json-fault.ts';
import type { StateMachine } from './state-machine.ts';
import { emitStatusChange } from './status-events.ts';
import type { StepFunctions } from './stepfunctions.ts';

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
  } catch (error) {
    throw invalidInput(jsonFault(text, error));
  }
}

const invalidInput = (fault: string): AwsError =>
  new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${fault}'`);

/** Makes an execution known, tells of its start and end, and lets it run. */
export function beginExecution(
  states: StepFunctions,
  { arn: machineArn, name: machineName, machine, roleArn }: StateMachine,
  name: string,
  input: Data,
  caller: Caller,
): Execution {
  const isExpress = machine.type === 'EXPRESS';
  // An Express execution's name may be used again, so its ARN ends in an id of its own.
  const arn = isExpress
    ? `${machineArn.replace(':stateMachine:', ':express:')}:${name}:${states.ids.uuid()}`
    : `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const startMs = states.world.clock.now();
  const facts = { arn, name, input: input.value, roleArn, startMs, machineArn, machineName };
  const execution = new Execution(states.world, machine, facts, input, states.tokens);
  states.known.set(arn, execution);
  if (caller.via === 'state' && caller.sourceArn !== undefined) states.parents.set(arn, caller.sourceArn);
  execution.start();
  if (!isExpress) {
    emitStatusChange(execution);
    void execution.ended.then(() => emitStatusChange(execution));
  }
  return execution;
}
