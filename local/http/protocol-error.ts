import { AwsError } from '../aws-error.ts';
import type { World } from '../world.ts';

/**
 * Whatever went wrong, as an error AWS could answer. A fault of ours is told to
 * the journal and to the client in one line, never with its stack.
 */
export const asAwsError = (error: unknown, world: World): AwsError => {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  world.journal.write('http', `internal failure: ${message}`);
  return new AwsError('InternalFailure', `The local world failed on this request: ${message}`, 500);
};
