import type { Execution } from '../../asl/execution.ts';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Operation } from '../../service.ts';
import { beginExecution, parseInput } from './begin-execution.ts';
import { checkName } from './names.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

/** How long a Standard execution's name stays taken after its end: 90 days. */
const NAME_KEPT_MS = 90 * 24 * 3600 * 1000;

/**
 * Starts an execution. For Standard machines a name stands for one execution:
 * again with the same input while it runs it is the same one, else it is refused.
 */
export const startExecution =
  (states: StepFunctions): Operation =>
  ({ stateMachineArn, name, input = '{}' }: Input, caller: Caller) => {
    const resolved = states.resolveActive(stateMachineArn);
    if (name !== undefined) checkName(name);
    const data = parseInput(input);
    const own = name ?? states.ids.uuid();
    const { arn: machineArn, type } = resolved.machine;
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${own}`;
    const known = type === 'STANDARD' ? states.known.get(arn) : undefined;
    const execution =
      known === undefined || isForgotten(known, states.world.clock.now())
        ? beginExecution(states, resolved, own, data, caller)
        : sameExecution(known, input);
    return { executionArn: execution.facts.arn, startDate: new Date(execution.facts.startMs) };
  };

function sameExecution(known: Execution, input: string): Execution {
  if (known.status === 'RUNNING' && known.input.text === input) return known;
  throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.facts.arn}'`);
}

const isForgotten = ({ stopMs }: Execution, nowMs: number): boolean =>
  stopMs !== undefined && stopMs + NAME_KEPT_MS <= nowMs;
