import { StateError } from '../errors.ts';
import type { TaskState } from '../machine.ts';
import type { StateRun } from '../state-run.ts';
import { unexpectedType } from '../template.ts';
import type { AslWorld } from '../world.ts';

const FIELD = 'Credentials/RoleArn';

/** The role that a Task names in `Credentials`, to act as in place of the machine's own. */
export function credentialsOf(run: StateRun<TaskState>): string | undefined | Promise<string> {
  const template = run.state.credentials;
  if (template === undefined) return undefined;
  const checked = (value: unknown): string => {
    if (typeof value === 'string') return value;
    throw run.evaluationFailed(unexpectedType(template, FIELD, 'string', value));
  };
  const evaluated = run.evaluate(template, run.environment(), FIELD);
  return evaluated instanceof Promise ? evaluated.then(checked) : checked(evaluated);
}

/**
 * The machine's role takes on the other one, which takes a yes of its own
 * policies and of the other role's trust policy.
 *
 * @throws StateError `States.TaskFailed` in AWS's words, also for a role of another account: this world has one
 */
export function requireAssumable(world: AslWorld, machineRoleArn: string, roleArn: string): void {
  const [, , , , accountId] = roleArn.split(':');
  if (accountId === world.accountId && world.door.allows(machineRoleArn, 'sts:AssumeRole', roleArn)) return;
  const why = accountId === world.accountId ? '' : ` The local world has account ${world.accountId} alone.`;
  throw new StateError(
    'States.TaskFailed',
    `The role ${machineRoleArn} is not authorized to assume the task state's role, ${roleArn}.${why}`,
  );
}
