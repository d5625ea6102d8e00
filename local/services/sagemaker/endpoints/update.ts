import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import { DeploymentStopped, Guard } from './guard.ts';
import { fleetSeconds, Launch } from './launch.ts';
import { goBack } from './roll-back.ts';
import { isSame } from './router.ts';
import type { DataCaptureConfig } from './shapes.ts';
import type { Step, TrafficPlan } from './traffic-plan.ts';
import type { Variant } from './variant.ts';

export interface Target {
  readonly configName: string;
  readonly variants: readonly Variant[];
  readonly plan: TrafficPlan;
  readonly dataCapture: DataCaptureConfig | undefined;
}

/**
 * Moves an endpoint to new fleets, or back. In blue/green the old fleets keep
 * all their instances until the termination wait is over, so the way back is one
 * change at the router: the endpoint is then `InService` on its old config.
 */
export async function runUpdate(world: World, endpoint: Endpoint, target: Target): Promise<void> {
  const { plan } = target;
  endpoint.expect(target.configName, target.variants, plan.isGuarded);
  endpoint.become('Updating');
  endpoint.progress('Creating', `Creating the new fleet of ${target.configName}.`);
  const guard = new Guard(world, plan.alarmNames, plan.limitSeconds);
  const launch = new Launch(world, target.variants);
  const fate = world.scenario.endpointUpdate?.(endpoint.name, target.configName) ?? 'shift';
  try {
    await guard.orStop(launch.ready);
    if (fate === 'fail') return breakDown(endpoint, launch);
    if (fate === 'return-to-old-config') throw new DeploymentStopped();
    await launch.place(endpoint, target.variants);
    for (const step of plan.steps) {
      await take(world, endpoint, target, step, guard);
      if (fate === 'rollback-fails')
        throw new DeploymentStopped('The deployment was rolled back because of an internal error.');
    }
    complete(endpoint, target);
  } catch (error) {
    guard.close();
    if (!(error instanceof DeploymentStopped))
      endpoint.journal(`the update ended early: ${(error as Error).message}`);
    const reason = (error as Error).message || undefined;
    await goBack(world, endpoint, target, launch, { fails: fate === 'rollback-fails', reason });
  } finally {
    guard.close();
  }
}

async function take(
  world: World,
  endpoint: Endpoint,
  target: Target,
  step: Step,
  guard: Guard,
): Promise<void> {
  if (step.provisions) await guard.pause(fleetSeconds(world));
  endpoint.progress('ActivatingTraffic', `Activating traffic on ${step.says}.`);
  shift(endpoint, target, step);
  endpoint.progress('Baking', `Baking ${step.says} for ${step.waitSeconds} seconds.`);
  await guard.pause(step.waitSeconds);
  if (target.plan.kind === 'ROLLING') endOldBatch(endpoint, target);
}

/** The new fleet's share of a variant's requests is its serving instances over all its instances. */
function shift(endpoint: Endpoint, { variants }: Target, step: Step): void {
  endpoint.router.change(() => {
    for (const variant of variants) {
      variant.instanceCount = step.instancesOn[variant.name]!;
      endpoint.router.give(variant.slot!, variant.instanceCount / variant.desiredInstanceCount);
      endpoint.router.setWeight(variant, variant.weight);
    }
    // Only an update without guardrails may leave variants out; it has one step.
    for (const old of endpoint.variants) {
      if (!variants.some((variant) => isSame(variant, old))) old.slot!.share = 0;
    }
  });
}

/** Rolling gives old instances back batch by batch, each when the new ones have baked. */
function endOldBatch(endpoint: Endpoint, { variants }: Target): void {
  for (const variant of variants) {
    const old = endpoint.variant(variant.name)!;
    const share = variant.instanceCount / variant.desiredInstanceCount;
    old.instanceCount = Math.round(old.desiredInstanceCount * (1 - share));
  }
}

function complete(endpoint: Endpoint, target: Target): void {
  const old = [...endpoint.variants, ...endpoint.stranded];
  endpoint.variants = target.variants;
  endpoint.stranded = [];
  for (const variant of target.variants) delete variant.statuses;
  endpoint.configName = target.configName;
  endpoint.dataCapture = target.dataCapture;
  endpoint.pending = undefined;
  endpoint.become('InService');
  for (const variant of old) void endpoint.router.retire(variant.slot!);
}

/** A failed endpoint can only be deleted; whether its old fleet still answers is unconfirmed: here it does not. */
function breakDown(endpoint: Endpoint, launch: Launch): void {
  launch.discard();
  endpoint.pending = undefined;
  void endpoint.router.close();
  endpoint.become(
    'Failed',
    'The update failed with an internal error. Delete the endpoint and create it again.',
  );
}
