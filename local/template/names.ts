import { createHash } from 'node:crypto';
import type { Stack } from './resource-type.ts';

/**
 * The name that CloudFormation makes for a resource without one:
 * `<stack>-<logical id>-<12 letters and digits>`. AWS draws the last part; here
 * it follows from the first two, so that the name is the same in every world.
 */
export const generatedName = (stack: Stack, logicalId: string, limit = 64): string => {
  const ending = suffix(stack, logicalId).toUpperCase();
  return `${`${stack.stackName}-${logicalId}`.slice(0, limit - ending.length - 1)}-${ending}`;
};

/** Bucket names know small letters only. */
export const generatedBucketName = (stack: Stack, logicalId: string): string => {
  const ending = suffix(stack, logicalId);
  return `${`${stack.stackName}-${logicalId}`.toLowerCase().slice(0, 63 - ending.length - 1)}-${ending}`;
};

/** An id in the form of a UUID, for what AWS numbers itself. */
export const generatedId = (stack: Stack, logicalId: string): string => {
  const hex = digest(stack, logicalId);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
};

const suffix = (stack: Stack, logicalId: string): string => digest(stack, logicalId).slice(0, 12);

const digest = ({ stackName }: Stack, logicalId: string): string =>
  createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');
