import { notModelled, validationError } from '../../aws-error.ts';
import type { ApplicationAutoScaling } from './application-autoscaling.ts';
import { bounded, checkBounds, type ScalableTarget, type TargetId, variantOf } from './scalable-target.ts';

interface PutScheduledActionInput extends TargetId {
  readonly ScheduledActionName: string;
  readonly Schedule?: string;
  readonly Timezone?: string;
  readonly ScalableTargetAction?: { readonly MinCapacity?: number; readonly MaxCapacity?: number };
}

/** New bounds at one moment, `at(yyyy-mm-ddThh:mm:ss)` in UTC. Repeated schedules are not modelled. */
export function putScheduledAction(scaling: ApplicationAutoScaling, input: PutScheduledActionInput) {
  variantOf(input);
  const target = scaling.target(input);
  const { Schedule = '', ScalableTargetAction: action } = input;
  if (/^(rate|cron)\(/.test(Schedule)) throw notModelled(`The schedule ${Schedule}`);
  if (input.Timezone !== undefined) throw notModelled('A Timezone');
  const dueMs = Date.parse(`${/^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(Schedule)?.[1]}Z`);
  if (Number.isNaN(dueMs)) throw validationError(`Invalid schedule expression: ${Schedule}`);
  if (action === undefined || (action.MinCapacity ?? action.MaxCapacity) === undefined) {
    throw validationError('ScalableTargetAction needs MinCapacity, MaxCapacity or both');
  }
  const { MinCapacity: min = target.min, MaxCapacity: max = target.max } = action;
  checkBounds(min, max);
  const key = `${target.ResourceId}/${input.ScheduledActionName}`;
  scaling.scheduled.get(key)?.cancel();
  const timer = scaling.world.clock.at(dueMs, () => act(scaling, target, input), { background: true });
  scaling.scheduled.set(key, timer);
  scaling.journal(target.ResourceId, `scheduled ${input.ScheduledActionName} ${Schedule}`);
  return {};
}

function act(scaling: ApplicationAutoScaling, target: ScalableTarget, input: PutScheduledActionInput): void {
  if (scaling.targets.get(target.ResourceId) !== target || target.suspended.ScheduledScalingSuspended) return;
  const { MinCapacity: min = target.min, MaxCapacity: max = target.max } = input.ScalableTargetAction!;
  // The other bound may have moved meanwhile.
  if (max < min) return;
  Object.assign(target, { min, max });
  scaling.journal(target.ResourceId, `${input.ScheduledActionName}: ${min} to ${max} instances`);
  const now = scaling.world.sagemaker.endpoints.capacity(target.endpointName, target.variantName);
  if (now !== undefined) scaling.moveTo(target, bounded(now.instanceCount, target));
}
