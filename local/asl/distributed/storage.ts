import { StateError } from '../errors.ts';
import type { Frame } from '../frame.ts';
import { serviceError } from '../integrations/service-errors.ts';

/** An error's cause as Step Functions' own S3 client tells it. */
type Failed = (cause: string) => StateError;

/**
 * A call to S3 in the machine's role, for an item reader or result writer.
 *
 * @throws StateError made by `failed`
 */
export async function callS3<T>(
  { execution, abort }: Frame,
  operation: string,
  input: object,
  failed: Failed,
): Promise<T> {
  const { facts, world, random } = execution;
  const caller = { arn: facts.roleArn, via: 'state', sourceArn: facts.arn } as const;
  try {
    return (await abort.guard(world.door.call({ service: 's3', operation, input, caller }))) as T;
  } catch (thrown) {
    const error = serviceError(thrown, S3, random);
    throw error instanceof StateError ? failed(error.stateCause ?? '') : error;
  }
}

const S3 = {
  style: 'aws-sdk',
  resourceType: 'aws-sdk:s3',
  resource: 'getObject',
  service: 's3',
  operation: 'GetObject',
  pattern: 'request',
} as const;
