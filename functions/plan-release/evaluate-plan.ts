import type { Candidate, EvaluatePlan, LivePackage } from '#shared/generated/contracts.ts';
import { environmentOf, type Making, tagsOf } from './plan-release.ts';
import { clusterOf, PROVISIONING_SECONDS, processingOutput } from './process-plan.ts';

/** Challenger and champion judge the same rows; the champion does so in the image it was released with. */
export function evaluatePlan(making: Making): EvaluatePlan {
  const { evaluate } = making.pipeline;
  const champion = making.live?.package;
  return {
    timeoutSeconds: evaluate.maxRuntimeSeconds + PROVISIONING_SECONDS,
    gates: evaluate.gates,
    challenger: candidate(making, 'challenger', making.release.id, making.images.evaluate),
    champion: champion
      ? {
          ...candidate(
            making,
            'champion',
            champion.properties.release ?? 'unknown',
            championImageOf(champion),
          ),
          modelDataUrl: champion.modelDataUrl,
        }
      : null,
  };
}

/** Packages that Signalbox did not register itself are evaluated in the image they serve from. */
export const championImageOf = ({ properties, image }: LivePackage): string =>
  properties.evaluateImage ?? image;

function candidate(making: Making, role: Candidate['role'], trainedBy: string, image: string): Candidate {
  const { release, stack, home, pipeline } = making;
  const { evaluate } = pipeline;
  const reportKey = `${home}/evaluation/${role}`;
  return {
    role,
    release: trainedBy,
    name: `${release.id}-eval-${role}`,
    metricsKey: `${reportKey}/metrics.json`,
    request: {
      RoleArn: stack.jobRoleArn,
      AppSpecification: { ImageUri: image, ContainerArguments: ['evaluate'] },
      ProcessingResources: clusterOf(evaluate.instances),
      ProcessingOutputConfig: {
        Outputs: [processingOutput('report', `s3://${stack.artifactBucket}/${reportKey}`)],
      },
      StoppingCondition: { MaxRuntimeInSeconds: evaluate.maxRuntimeSeconds },
      Environment: { ...environmentOf(making), SIGNALBOX_CANDIDATE: role, ...evaluate.environment },
      Tags: tagsOf(making),
    },
  };
}
