import type { DeployPlan } from '#shared/generated/contracts.ts';
import type { ResolvedShift } from '#shared/shift.ts';
import { FLEET_SECONDS } from './deployment-config.ts';

/** A change of weights takes a minute or two. */
const WEIGHTS_SECONDS = 120;

/**
 * What the challenger goes through beside the champion before it may take
 * over. Planned even where nothing serves yet: by the time of its turn another
 * release may have gone live.
 */
export function trialPlan(shift: ResolvedShift, championInstances: number): DeployPlan['trial'] {
  switch (shift.type) {
    case 'weights': {
      const { steps, intervalSeconds, instances = championInstances } = shift;
      return {
        kind: 'weights',
        instanceCount: instances,
        expectedSeconds: FLEET_SECONDS + steps.length * (intervalSeconds + WEIGHTS_SECONDS),
        steps: steps.map((percent) => ({ percent, seconds: intervalSeconds })),
        percent: 0,
        seconds: 0,
        limits: null,
      };
    }
    case 'shadow': {
      const { percent, seconds, compare, next, instances = championInstances } = shift;
      // What SageMaker does by itself is no trial; weights are a second one, on as many instances.
      const weights = trialPlan(next, instances);
      return {
        kind: 'shadow',
        instanceCount: instances,
        // The fleet comes and goes.
        expectedSeconds: 2 * FLEET_SECONDS + seconds + (weights?.expectedSeconds ?? 0),
        steps: weights?.steps ?? [],
        percent,
        seconds,
        limits: compare,
      };
    }
    default:
      return null;
  }
}
