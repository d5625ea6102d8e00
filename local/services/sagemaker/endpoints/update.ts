import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import { DeploymentStopped, Guard } from './guard.ts';
import { fleetSeconds, Launch } from './launch.ts';
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
 * Moves an endpoint to new fleets, or back. The old fleets keep all their
 * instances until the termination wait is over, so the way back is one change at
 * the router: the endpoint is then `InService` on its old config.
 */
export async function runUpdate(world: World, endpoint: Endpoint, target: Target): Promise<void> {
  endpoint.expect(target.configName, target.variants);
  endpoint.become('Updating');
  endpoint.progress('Creating', `Creating the new fleet of ${target.configName}.`);
  const guard = new Guard(world, target.plan.alarmNames, target.plan.limitSeconds);
  const launch = new Launch(world, target.variants);
  try {
    await guard.orStop(launch.ready);
    const fate = world.scenario.endpointUpdate?.(endpoint.name, target.configName) ?? 'shift';
    if (fate === 'return-to-old-config') return goBack(endpoint, target, launch);
    if (fate === 'fail') return breakDown(endpoint, launch);
    await launch.place(endpoint, target.variants);
    for (const step of target.plan.steps) await take(world, endpoint, target, step, guard);
    complete(endpoint, target);
  } catch (error) {
    goBack(endpoint, target, launch, (error as Error).message);
    if (!(error instanceof DeploymentStopped))
      endpoint.journal(`the update ended early: ${(error as Error).message}`);
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
}

/** The new fleet's share of a variant's requests is its serving instances over all its instances. */
function shift(endpoint: Endpoint, { variants, plan }: Target, step: Step): void {
  endpoint.router.change(() => {
    for (const variant of variants) {
      variant.instanceCount = step.instancesOn[variant.name]!;
      const share = variant.instanceCount / variant.desiredInstanceCount;
      variant.slot!.share = share;
      endpoint.router.setWeight(variant.name, variant.weight);
      const old = endpoint.variants.find(({ name }) => name === variant.name)!;
      old.slot!.share = 1 - share;
      // Rolling gives old instances back batch by batch; blue/green keeps them all until the end.
      if (plan.kind === 'ROLLING') old.instanceCount = Math.round(old.desiredInstanceCount * (1 - share));
    }
  });
}

function complete(endpoint: Endpoint, target: Target): void {
  const old = endpoint.variants;
  endpoint.variants = target.variants;
  for (const variant of target.variants) delete variant.statuses;
  endpoint.configName = target.configName;
  endpoint.dataCapture = target.dataCapture;
  endpoint.pending = undefined;
  endpoint.become('InService');
  for (const variant of old) void endpoint.router.retire(variant.slot!);
}

function goBack(endpoint: Endpoint, target: Target, launch: Launch, reason?: string): void {
  const placed = target.variants.filter(({ slot }) => slot !== undefined);
  endpoint.router.change(() => {
    for (const variant of placed) variant.slot!.share = 0;
    for (const variant of endpoint.variants) {
      variant.slot!.share = 1;
      variant.instanceCount = variant.desiredInstanceCount;
      endpoint.router.setWeight(variant.name, variant.weight);
    }
  });
  if (placed.length === 0) launch.discard();
  for (const variant of placed) void endpoint.router.retire(variant.slot!);
  endpoint.pending = undefined;
  endpoint.become('InService', reason);
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
