import { refusal } from '../../iam/refusal.ts';
import type { TaskCall } from './integration.ts';
import { serviceError } from './service-errors.ts';

/**
 * `.sync` is told when something has ended, and then looks at it in the
 * machine's own role, which has to be allowed that.
 *
 * @throws StateError as for a call that is refused
 */
export function requireLook({ execution, resource }: TaskCall, action: string, arn: string): void {
  const { facts, world, random } = execution;
  if (world.door.allows(facts.roleArn, action, arn)) return;
  const caller = { arn: facts.roleArn, via: 'state', sourceArn: facts.arn } as const;
  throw serviceError(
    refusal(resource.service, caller, action, arn, 'no-identity-based-policy'),
    resource,
    random,
  );
}
