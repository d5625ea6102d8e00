import type { Candidate, EvaluatePlan } from '#shared/generated/contracts.ts';
import { type Planning, tagsOf } from './plan-release.ts';
import { clusterOf, PROVISIONING_SECONDS, processingOutput, rowsPrefix } from './process-plan.ts';

/** Challenger and champion judge the same rows; the champion does so in the image it was released with. */
export function evaluatePlan(planning: Planning): EvaluatePlan {
  const { evaluate } = planning.pipeline;
  const champion = planning.live?.package;
  return {
    timeoutSeconds: evaluate.maxRuntimeSeconds + PROVISIONING_SECONDS,
    gates: evaluate.gates,
    challenger: candidate(planning, 'challenger', planning.release.id, planning.images.evaluate),
    champion: champion
      ? {
          ...candidate(
            planning,
            'champion',
            champion.properties.release ?? 'unknown',
            champion.properties.evaluateImage ?? champion.image,
          ),
          modelDataUrl: champion.modelDataUrl,
        }
      : null,
  };
}

function candidate(planning: Planning, role: Candidate['role'], trainedBy: string, image: string): Candidate {
  const { release, stack, home, pipeline } = planning;
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
      // The model is added when it is known.
      ProcessingInputs: [
        {
          InputName: 'test',
          S3Input: {
            S3Uri: rowsPrefix(planning, 'test'),
            LocalPath: '/opt/ml/processing/input/test',
            S3DataType: 'S3Prefix',
            S3InputMode: 'File',
          },
        },
      ],
      ProcessingOutputConfig: {
        Outputs: [processingOutput('report', `s3://${stack.artifactBucket}/${reportKey}`)],
      },
      StoppingCondition: { MaxRuntimeInSeconds: evaluate.maxRuntimeSeconds },
      Environment: { SIGNALBOX_RELEASE: release.id, SIGNALBOX_CANDIDATE: role, ...evaluate.environment },
      Tags: tagsOf(planning),
    },
  };
}
