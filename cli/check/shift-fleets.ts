import { FLEET_SECONDS, guardedSeconds } from '../../functions/plan-release/deployment-config.ts';
import { trialPlan } from '../../functions/plan-release/trial-plan.ts';
import type { ResolvedPipeline } from '../../functions/shared/pipeline.ts';
import { guardedShiftOf, type ResolvedShift, shiftOf, wholeInstances } from '../../functions/shared/shift.ts';

/** Instances that run besides the endpoint's own while it shifts. */
export interface ExtraFleet {
  readonly step: string;
  readonly count: number;
  readonly seconds: number;
}

/**
 * What a shift runs besides the fleet that serves: a trial's challenger, and
 * then a whole second fleet until the first one goes, or one batch of it.
 */
export function extraFleets(pipeline: ResolvedPipeline): ExtraFleet[] {
  const { count } = pipeline.deploy.instances;
  const shift = shiftOf(pipeline);
  return [...trialFleets(shift, count), lastFleet(shift, count)];
}

/** An update to or from a trial makes every fleet anew, the champion's too, before the old ones go. */
function trialFleets(shift: ResolvedShift, count: number): ExtraFleet[] {
  const trial = trialPlan(shift, count);
  if (trial === null) return [];
  const updates = trial.kind === 'shadow' ? 2 : 1;
  return [
    { step: `${trial.kind} trial`, count: trial.instanceCount, seconds: trial.expectedSeconds },
    { step: 'champion again', count, seconds: updates * FLEET_SECONDS },
  ];
}

function lastFleet(shift: ResolvedShift, count: number): ExtraFleet {
  const guarded = guardedShiftOf(shift);
  if (guarded === null) return { step: 'second fleet', count, seconds: FLEET_SECONDS };
  const { waitSeconds, provisionSeconds } = guardedSeconds(guarded, count);
  const seconds = waitSeconds + provisionSeconds;
  return guarded.type === 'rolling'
    ? { step: 'one batch', count: wholeInstances(guarded.batchPercent, count), seconds }
    : { step: 'second fleet', count, seconds };
}
