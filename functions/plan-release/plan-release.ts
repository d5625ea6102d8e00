import { PlanRefusedError } from '#shared/errors.ts';
import type { Plan, PlanRequest } from '#shared/generated/contracts.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';
import { deployPlan } from './deploy-plan.ts';
import { evaluatePlan } from './evaluate-plan.ts';
import { pinImages } from './pin-images.ts';
import { planFaults } from './plan-faults.ts';
import { processPlan } from './process-plan.ts';
import { registerPlan } from './register-plan.ts';
import { trainPlan } from './train-plan.ts';

/** What every part of a plan is made from. */
export interface Planning {
  readonly release: PlanRequest['release'];
  readonly pipeline: ResolvedPipeline;
  readonly images: Plan['images'];
  readonly live: PlanRequest['live'];
  readonly stack: PlanRequest['stack'];
  /** Where this release keeps its model and reports: `<pipeline>/<release>` in the artifact bucket. */
  readonly home: string;
}

/**
 * Resolves a release to every name, size, ARN and limit.
 *
 * @throws PlanRefusedError with the path of each fault: what AWS would refuse, or would do otherwise in silence
 */
export function planRelease(request: PlanRequest): Plan {
  const pipeline = request.pipeline as ResolvedPipeline;
  const faults = planFaults(pipeline, request.live);
  if (faults.length > 0) throw new PlanRefusedError(faults);
  const planning: Planning = {
    ...request,
    pipeline,
    images: pinImages(pipeline, request.images, request.release.executionArn),
    home: `${request.release.pipeline}/${request.release.id}`,
  };
  return {
    schemaVersion: 1,
    images: planning.images,
    process: processPlan(planning),
    train: trainPlan(planning),
    evaluate: evaluatePlan(planning),
    register: registerPlan(planning),
    deploy: deployPlan(planning),
  };
}

/** Tags of everything that costs money, so that a bill can be read by release. */
export const tagsOf = ({ release }: Planning): { Key: string; Value: string }[] => [
  { Key: 'signalbox:release', Value: release.id },
  { Key: 'signalbox:pipeline', Value: release.pipeline },
];
