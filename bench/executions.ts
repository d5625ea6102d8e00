import type { ExecutionView } from '../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../local/world.ts';

/** Asks Step Functions for an execution, by hand, and answers its ARN. */
export async function startExecution(
  { door, person }: World,
  stateMachineArn: string | undefined,
  input: object,
): Promise<string> {
  const { executionArn } = (await door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: { stateMachineArn, input: JSON.stringify(input) },
    caller: person,
  })) as { executionArn: string };
  return executionArn;
}

/** Lets time pass until the execution is over. */
export async function endOf({ clock, stepfunctions }: World, arn: string): Promise<ExecutionView> {
  await clock.runUntil(() => stepfunctions.findExecution(arn).status !== 'RUNNING');
  return stepfunctions.execution(arn);
}

/** Every execution of a machine, oldest first; with or without the stack's name before its own. */
export const executionsOf = (world: World, machine: string): ExecutionView[] =>
  world.stepfunctions.executions().filter(({ machineName }) => `-${machineName}`.endsWith(`-${machine}`));

/**
 * An execution and all that it, and what it started, started. `wake` is started by events and billed by its time.
 *
 * @param beside further machines that are no part of it, with all that they start
 */
export function familyOf(world: World, first: string, ...beside: readonly string[]): ExecutionView[] {
  const isBeside = ({ machineName }: ExecutionView): boolean =>
    ['wake', ...beside].some((machine) => machineName.endsWith(`-${machine}`));
  const arns = new Set([first]);
  // In the order of their starts: parents come before their children.
  return world.stepfunctions.executions().filter((execution) => {
    const { arn, parentArn } = execution;
    if (parentArn !== undefined && arns.has(parentArn) && !isBeside(execution)) arns.add(arn);
    return arns.has(arn);
  });
}

export const transitionsOf = ({ history }: ExecutionView): number =>
  history.filter(({ type }) => type.endsWith('StateEntered')).length;

/** Of an execution and all that it started. */
export const familyTransitions = (world: World, first: string): number =>
  familyOf(world, first).reduce((sum, execution) => sum + transitionsOf(execution), 0);
