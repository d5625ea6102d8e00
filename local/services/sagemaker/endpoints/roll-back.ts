import type { World } from '../../../world.ts';
import type { Endpoint } from './endpoint.ts';
import { fleetSeconds, type Launch } from './launch.ts';
import type { Target } from './update.ts';
import type { Variant } from './variant.ts';

interface HowBack {
  /** What the scenario wants of a rolling update: SageMaker does not find its way back. */
  readonly fails: boolean;
  /** Told as `FailureReason`. */
  readonly reason: string | undefined;
}

/**
 * Brings an endpoint back to its old fleets: at once in blue/green, which has
 * kept them whole, and batch by batch in a rolling update, which has already
 * given some of their instances back.
 *
 * Source: SageMaker developer guide, "Deployment guardrails", "Use rolling deployments".
 */
export async function goBack(
  world: World,
  endpoint: Endpoint,
  { variants, plan }: Target,
  launch: Launch,
  { fails, reason }: HowBack,
): Promise<void> {
  const placed = variants.filter(({ slot }) => slot !== undefined);
  if (placed.length === 0) launch.discard();
  else if (plan.kind === 'ROLLING') {
    if (fails) return strand(endpoint, placed, reason);
    await refill(world, endpoint, plan.rollbackBatch);
  }
  endpoint.router.change(() => {
    for (const variant of placed) variant.slot!.share = 0;
    for (const variant of endpoint.variants) {
      endpoint.router.give(variant.slot!, 1);
      variant.instanceCount = variant.desiredInstanceCount;
      endpoint.router.setWeight(variant, variant.weight);
    }
  });
  for (const variant of [...placed, ...endpoint.stranded]) void endpoint.router.retire(variant.slot!);
  endpoint.stranded = [];
  endpoint.pending = undefined;
  endpoint.become('InService', reason);
}

/** Gets the old fleet's instances again, `batch` at a time, and gives them their traffic. */
async function refill(world: World, endpoint: Endpoint, batch: number): Promise<void> {
  const old = endpoint.variants[0]!;
  while (old.instanceCount < old.desiredInstanceCount) {
    await world.clock.sleep(fleetSeconds(world) * 1000);
    old.instanceCount = Math.min(old.desiredInstanceCount, old.instanceCount + batch);
    const share = old.instanceCount / old.desiredInstanceCount;
    endpoint.router.change(() => endpoint.router.give(old.slot!, share));
    endpoint.journal(`${old.instanceCount} of ${old.desiredInstanceCount} old instance(s) serve again`);
  }
}

/** Both fleets go on serving, each with what it had, until somebody updates the endpoint again. */
function strand(endpoint: Endpoint, placed: readonly Variant[], reason: string | undefined): void {
  endpoint.stranded = [...endpoint.stranded, ...placed];
  endpoint.pending = undefined;
  endpoint.become('UpdateRollbackFailed', reason);
}
