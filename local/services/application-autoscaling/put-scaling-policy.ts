import { validationError } from '../../aws-error.ts';
import type { ApplicationAutoScaling } from './application-autoscaling.ts';
import { type TargetId, variantOf } from './scalable-target.ts';

interface PutScalingPolicyInput extends TargetId {
  readonly PolicyName: string;
  readonly PolicyType?: 'StepScaling' | 'TargetTrackingScaling' | 'PredictiveScaling';
  readonly StepScalingPolicyConfiguration?: unknown;
  readonly TargetTrackingScalingPolicyConfiguration?: {
    readonly PredefinedMetricSpecification?: { readonly PredefinedMetricType: string };
    readonly CustomizedMetricSpecification?: unknown;
  };
}

/** Keeps a policy. AWS would make alarms for one that tracks a target; here nothing scales by itself. */
export function putScalingPolicy(scaling: ApplicationAutoScaling, input: PutScalingPolicyInput) {
  variantOf(input);
  const { ResourceId } = scaling.target(input);
  check(input);
  const { world } = scaling;
  const key = `${ResourceId}/${input.PolicyName}`;
  const id = world.random.stream(`application-autoscaling/policy/${key}`).uuid();
  const arn =
    scaling.policies.get(key) ??
    `arn:aws:autoscaling:${world.region}:${world.accountId}:scalingPolicy:${id}:resource/sagemaker/${ResourceId}:policyName/${input.PolicyName}`;
  scaling.policies.set(key, arn);
  scaling.journal(ResourceId, `policy ${input.PolicyName} kept; nothing scales by it here`);
  return { PolicyARN: arn, Alarms: [] };
}

/** @throws AwsError ValidationException; the words are ours */
function check(input: PutScalingPolicyInput): void {
  switch (input.PolicyType) {
    case 'TargetTrackingScaling': {
      const tracking = input.TargetTrackingScalingPolicyConfiguration;
      if (tracking === undefined) {
        throw validationError('TargetTrackingScalingPolicyConfiguration is required for this PolicyType');
      }
      const predefined = tracking.PredefinedMetricSpecification?.PredefinedMetricType;
      if ((predefined === undefined) === (tracking.CustomizedMetricSpecification === undefined)) {
        throw validationError(
          'Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification is required',
        );
      }
      if (predefined !== undefined && !predefined.startsWith('SageMakerVariant')) {
        throw validationError(`${predefined} is no metric of an endpoint variant`);
      }
      return;
    }
    case 'PredictiveScaling':
      throw validationError('PredictiveScaling is not supported for service namespace: sagemaker');
    default:
      if (input.StepScalingPolicyConfiguration === undefined) {
        throw validationError('StepScalingPolicyConfiguration is required for this PolicyType');
      }
  }
}
