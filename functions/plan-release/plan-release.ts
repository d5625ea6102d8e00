import { PlanRefusedError } from '#shared/errors.ts';
import type { PinnedImages, Plan, PlanRequest, RunManifest } from '#shared/generated/contracts.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';
import { compilePlan } from './compile-plan.ts';
import { deployPlan } from './deploy-plan.ts';
import { evaluatePlan } from './evaluate-plan.ts';
import { pinImages } from './pin-images.ts';
import { planFaults } from './plan-faults.ts';
import { planSteps } from './plan-steps.ts';
import { processPlan } from './process-plan.ts';
import { registerPlan } from './register-plan.ts';
import { trainPlan } from './train-plan.ts';

/** What every part of a plan is made from. */
export interface Planning {
  readonly release: PlanRequest['release'];
  readonly pipeline: ResolvedPipeline;
  readonly live: PlanRequest['live'];
  readonly stack: PlanRequest['stack'];
}

/** What is known besides when a model is to be made, not only deployed. */
export interface Making extends Planning {
  readonly images: PinnedImages;
  /** The list of what is read, made when the release started. */
  readonly data: RunManifest;
  /** Where this release keeps its model and reports: `<pipeline>/<release>` in the artifact bucket. */
  readonly home: string;
}

/**
 * Resolves a release to every name, size, ARN and limit. Without data it is
 * one that deploys a package which exists already.
 *
 * @throws PlanRefusedError with the path of each fault: what AWS would refuse, or would do otherwise in silence
 */
export function planRelease(request: PlanRequest): Plan {
  const pipeline = request.pipeline as ResolvedPipeline;
  const faults = planFaults(pipeline, request);
  if (faults.length > 0) throw new PlanRefusedError(faults);
  const { release, live, stack } = request;
  const planning: Planning = { release, pipeline, live, stack };
  return { schemaVersion: 1, ...makingPlan(request, planning), deploy: deployPlan(planning) };
}

function makingPlan(
  { release, images, data }: PlanRequest,
  planning: Planning,
): Omit<Plan, 'schemaVersion' | 'deploy'> {
  if (data === null) {
    return {
      images: null,
      process: null,
      train: null,
      compile: null,
      evaluate: null,
      register: null,
      steps: null,
    };
  }
  const making: Making = {
    ...planning,
    images: pinImages(planning.pipeline, images, release.executionArn),
    data,
    home: `${release.pipeline}/${release.id}`,
  };
  return {
    images: making.images,
    process: processPlan(making),
    train: trainPlan(making),
    compile: compilePlan(making),
    evaluate: evaluatePlan(making),
    register: registerPlan(making),
    steps: planSteps(making),
  };
}

/** Tags of everything that costs money, so that a bill can be read by release. */
export const tagsOf = ({ release }: Planning): { Key: string; Value: string }[] => [
  { Key: 'signalbox:release', Value: release.id },
  { Key: 'signalbox:pipeline', Value: release.pipeline },
  ...(release.commit === undefined ? [] : [{ Key: 'signalbox:commit', Value: release.commit }]),
];

/** What the container of every job is told. */
export const environmentOf = ({ release }: Planning): Record<string, string> => ({
  SIGNALBOX_RELEASE: release.id,
  ...(release.commit !== undefined && { SIGNALBOX_COMMIT: release.commit }),
});
