import { AwsError } from '../../aws-error.ts';
import type { EventBridge } from './events.ts';

interface RemovePermissionInput {
  readonly EventBusName?: string;
  readonly StatementId?: string;
  readonly RemoveAllPermissions?: boolean;
}

/** @throws AwsError ResourceNotFoundException */
export function removePermission(
  events: EventBridge,
  { EventBusName, StatementId = '', RemoveAllPermissions = false }: RemovePermissionInput,
): Record<string, never> {
  const bus = events.bus(EventBusName);
  if (RemoveAllPermissions) bus.statements.clear();
  else if (!bus.statements.delete(StatementId)) {
    throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
  }
  events.applyPolicy(bus);
  return {};
}
