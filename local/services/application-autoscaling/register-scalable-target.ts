import { validationError } from '../../aws-error.ts';
import type { ApplicationAutoScaling } from './application-autoscaling.ts';
import {
  bounded,
  checkBounds,
  type ScalableTarget,
  type SuspendedState,
  type TargetId,
  variantOf,
} from './scalable-target.ts';

interface RegisterScalableTargetInput extends TargetId {
  readonly MinCapacity?: number;
  readonly MaxCapacity?: number;
  readonly SuspendedState?: SuspendedState;
}

/**
 * Registers a variant, or changes its bounds; what is left out of a second call
 * stays. A count outside the bounds is brought inside at once.
 *
 * @throws AwsError ValidationException; the burstable text is AWS's, the other words are ours
 */
export function registerScalableTarget(scaling: ApplicationAutoScaling, input: RegisterScalableTargetInput) {
  const { endpointName, variantName } = variantOf(input);
  const capacity = scaling.world.sagemaker.endpoints.capacity(endpointName, variantName);
  if (capacity === undefined) {
    throw validationError(`Could not find variant "${variantName}" of endpoint "${endpointName}".`);
  }
  if (capacity.status !== 'InService') {
    throw validationError(`Endpoint "${endpointName}" is not InService but ${capacity.status}.`);
  }
  if (/^ml\.t\d/.test(capacity.instanceType)) {
    throw validationError(
      `You cannot register a variant with ${capacity.instanceType} instance type as a scalable target. This is because the burstable performance of these instances can lead to unpredictable behavior with Auto Scaling.`,
    );
  }
  const known = scaling.targets.get(input.ResourceId);
  const min = input.MinCapacity ?? known?.min;
  const max = input.MaxCapacity ?? known?.max;
  if (min === undefined || max === undefined) {
    throw validationError('MinCapacity and MaxCapacity are required when a scalable target is registered');
  }
  checkBounds(min, max);
  const { world } = scaling;
  const target: ScalableTarget = known ?? {
    ServiceNamespace: input.ServiceNamespace,
    ResourceId: input.ResourceId,
    ScalableDimension: input.ScalableDimension,
    arn: `arn:aws:application-autoscaling:${world.region}:${world.accountId}:scalable-target/${world.random.stream(`application-autoscaling/${input.ResourceId}`).hex(36)}`,
    endpointName,
    variantName,
    createdMs: world.clock.now(),
    min,
    max,
    suspended: {},
  };
  Object.assign(target, { min, max });
  target.suspended = { ...target.suspended, ...input.SuspendedState };
  scaling.targets.set(target.ResourceId, target);
  scaling.journal(target.ResourceId, `registered for ${min} to ${max} instances`);
  scaling.moveTo(target, bounded(capacity.instanceCount, target));
  return { ScalableTargetARN: target.arn };
}
