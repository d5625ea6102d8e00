import type { World } from '../../../world.ts';
import type { ExecutionRole } from '../execution-role.ts';

/**
 * Whether an image can be pulled. Only this account's own registry is known
 * here; an image of another registry (AWS's framework images) is taken as there.
 */
export function imageExists(world: World, imageUri: string): boolean {
  if (!imageUri.startsWith(`${world.accountId}.dkr.ecr.${world.region}.`)) return true;
  try {
    return world.ecr.resolve(imageUri) !== undefined;
  } catch {
    return false;
  }
}

/** Whether SageMaker, in this role, gets the image. */
export const canPull = (world: World, role: ExecutionRole, imageUri: string): boolean =>
  role.missingForImage(imageUri) === undefined && imageExists(world, imageUri);

/** What SageMaker says when it cannot pull a job's image. */
export const cannotPullImage =
  'ClientError: Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect.';
