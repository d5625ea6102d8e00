import { readFileSync } from 'node:fs';
import type { ServiceName } from '../../service.ts';
import type { Resource } from '../integrations/resource.ts';

let all: Readonly<Record<ServiceName, readonly string[]>> | undefined;

/** Whether the service has this action at AWS, whether or not this world has it. */
export function isSdkAction({ service, operation, resource }: Resource): boolean {
  all ??= JSON.parse(
    readFileSync(new URL('../../models/all-operations.json', import.meta.url), 'utf8'),
  ) as NonNullable<typeof all>;
  // Actions begin with a small letter (developer guide, "AWS SDK integrations").
  return /^[a-z]/.test(resource) && all[service].includes(operation);
}
