import { createHash } from 'node:crypto';
import type { RegisterPlan, Release } from '#shared/generated/contracts.ts';
import type { Making } from './plan-release.ts';

/** The model package; where the artifact lies is added after training. */
export function registerPlan({ release, pipeline, images, stack, home, data }: Making): RegisterPlan {
  return {
    group: pipeline.register.group,
    request: {
      ModelPackageGroupName: pipeline.register.group,
      ModelPackageDescription: `Release ${release.id}`,
      ModelApprovalStatus: pipeline.register.approval === 'manual' ? 'PendingManualApproval' : 'Approved',
      // A repeated call with the same token answers the same version.
      ClientToken: createHash('sha256').update(`${release.executionArn}/register`).digest('hex').slice(0, 36),
      InferenceSpecification: {
        Containers: [{ Image: images.deploy }],
        SupportedContentTypes: ['application/json', 'text/csv'],
        SupportedResponseMIMETypes: ['application/json', 'text/csv'],
        SupportedRealtimeInferenceInstanceTypes: [pipeline.deploy.instances.type],
      },
      MetadataProperties: originOf(release),
      // The metrics may lie where an earlier release left them: the machine knows.
      ModelMetrics: {
        ModelQuality: {
          Statistics: {
            ContentType: 'application/json',
            S3Uri: `s3://${stack.artifactBucket}/${home}/evaluation/challenger/metrics.json`,
          },
        },
      },
      CustomerMetadataProperties: {
        release: release.id,
        pipeline: release.pipeline,
        trigger: release.trigger.kind,
        evaluateImage: images.evaluate,
        data: data.hash,
        ...(release.commit !== undefined && { commit: release.commit }),
      },
    },
  };
}

/** Where the model comes from, as Studio shows it. */
const originOf = ({ commit, trigger, executionArn }: Release) => ({
  GeneratedBy: executionArn,
  ...(commit !== undefined && {
    CommitId: commit,
    ...(trigger.repository !== undefined && { Repository: trigger.repository }),
  }),
});
