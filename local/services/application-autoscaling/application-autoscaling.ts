import type { Timer } from '../../clock/clock.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { deleteScalingPolicy } from './delete-scaling-policy.ts';
import { deregisterScalableTarget } from './deregister-scalable-target.ts';
import { describeScalableTargets } from './describe-scalable-targets.ts';
import { putScalingPolicy } from './put-scaling-policy.ts';
import { putScheduledAction } from './put-scheduled-action.ts';
import { registerScalableTarget } from './register-scalable-target.ts';
import { bounded, notFound, type ScalableTarget, type TargetId } from './scalable-target.ts';

/**
 * Application Auto Scaling for endpoint variants: bounds on their instance
 * counts. Policies are kept and never act by themselves; `scale` stands for
 * what one of them would do.
 */
export class ApplicationAutoScaling implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  /** By resource id: there is one scalable dimension only. */
  readonly targets = new Map<string, ScalableTarget>();
  /** Each policy's ARN, by resource id and name. */
  readonly policies = new Map<string, string>();
  /** Scheduled actions that are still to come, by resource id and name. */
  readonly scheduled = new Map<string, Timer>();
  readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.operations = {
      DeleteScalingPolicy: (input) => deleteScalingPolicy(this, input),
      DeregisterScalableTarget: (input) => deregisterScalableTarget(this, input),
      DescribeScalableTargets: (input) => describeScalableTargets(this, input),
      PutScalingPolicy: (input) => putScalingPolicy(this, input),
      PutScheduledAction: (input) => putScheduledAction(this, input),
      RegisterScalableTarget: (input) => registerScalableTarget(this, input),
    };
  }

  /** @throws AwsError ObjectNotFoundException */
  target(id: TargetId): ScalableTarget {
    const target = this.targets.get(id.ResourceId);
    if (target === undefined || target.ScalableDimension !== id.ScalableDimension) {
      throw notFound('No scalable target registered', id);
    }
    return target;
  }

  /** The registered variants of an endpoint. */
  variantsOf(endpointName: string): ScalableTarget[] {
    return [...this.targets.values()].filter((target) => target.endpointName === endpointName);
  }

  /**
   * A scaling policy's wish: `count` instances, within the bounds. Nothing
   * happens while that direction is suspended or the endpoint is being changed.
   *
   * @returns whether the variant is changed
   */
  scale(endpointName: string, variantName: string, count: number): boolean {
    const target = this.targets.get(`endpoint/${endpointName}/variant/${variantName}`);
    const now = this.world.sagemaker.endpoints.capacity(endpointName, variantName)?.instanceCount;
    if (target === undefined || now === undefined) return false;
    const { DynamicScalingInSuspended: noIn, DynamicScalingOutSuspended: noOut } = target.suspended;
    if (count < now ? noIn : noOut) return false;
    return this.moveTo(target, bounded(count, target));
  }

  /** Asks SageMaker for this many instances, if that is a change. */
  moveTo({ endpointName, variantName, ResourceId }: ScalableTarget, count: number): boolean {
    const { endpoints } = this.world.sagemaker;
    const capacity = endpoints.capacity(endpointName, variantName);
    if (capacity === undefined || capacity.instanceCount === count) return false;
    if (capacity.status !== 'InService') return false;
    this.journal(ResourceId, `${capacity.instanceCount} → ${count} instances`);
    endpoints.setInstanceCount(endpointName, variantName, count);
    return true;
  }

  journal(resourceId: string, what: string): void {
    this.world.journal.write(`application-autoscaling/${resourceId}`, what);
  }
}
