import { AwsError, notModelled, validationError } from '../../aws-error.ts';
import type { EventBridge } from './events.ts';

interface CreateEventBusInput {
  readonly Name: string;
  readonly Description?: string;
  readonly EventSourceName?: string;
  readonly KmsKeyIdentifier?: string;
  readonly LogConfig?: { readonly Level?: string };
}

/** @throws AwsError ResourceAlreadyExistsException, ValidationException */
export function createEventBus(
  events: EventBridge,
  { Name, Description, EventSourceName, KmsKeyIdentifier }: CreateEventBusInput,
) {
  if (EventSourceName !== undefined) throw notModelled('A bus of a partner');
  if (KmsKeyIdentifier !== undefined) throw notModelled('A bus with a key of its own');
  if (Name.includes('/')) throw validationError("Event bus name must not contain '/'.");
  if (events.buses.has(Name)) {
    throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
  }
  const { arn } = events.addBus(Name, Description);
  return { EventBusArn: arn, ...(Description !== undefined && { Description }) };
}
