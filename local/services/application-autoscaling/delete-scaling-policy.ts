import type { ApplicationAutoScaling } from './application-autoscaling.ts';
import { notFound, type TargetId, variantOf } from './scalable-target.ts';

/** @throws AwsError ObjectNotFoundException */
export function deleteScalingPolicy(
  scaling: ApplicationAutoScaling,
  input: TargetId & { readonly PolicyName: string },
): Record<string, never> {
  variantOf(input);
  if (!scaling.policies.delete(`${input.ResourceId}/${input.PolicyName}`)) {
    throw notFound('No scaling policy found', input, `, policy name: ${input.PolicyName}`);
  }
  scaling.journal(input.ResourceId, `policy ${input.PolicyName} deleted`);
  return {};
}
