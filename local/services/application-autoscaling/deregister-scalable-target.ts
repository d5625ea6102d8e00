import type { ApplicationAutoScaling } from './application-autoscaling.ts';
import { type TargetId, variantOf } from './scalable-target.ts';

/** Policies and scheduled actions go with their target. @throws AwsError ObjectNotFoundException */
export function deregisterScalableTarget(scaling: ApplicationAutoScaling, input: TargetId) {
  variantOf(input);
  const { ResourceId } = scaling.target(input);
  scaling.targets.delete(ResourceId);
  for (const key of [...scaling.policies.keys()]) {
    if (key.startsWith(`${ResourceId}/`)) scaling.policies.delete(key);
  }
  scaling.journal(ResourceId, 'deregistered');
  return {};
}
