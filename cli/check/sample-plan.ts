import { checkRequest } from '../../functions/check-request/check-request.ts';
import { planRelease } from '../../functions/plan-release/plan-release.ts';
import type { Pipeline, Plan, PlanRequest } from '../../functions/shared/generated/contracts.ts';
import type { ResolvedPipeline } from '../../functions/shared/pipeline.ts';

/** A plan as the first release of a pipeline would make it, with names of a made-up account. */
export interface SamplePlan {
  readonly plan: Plan;
  readonly pipeline: ResolvedPipeline;
  /** The release's id, which is part of every name. */
  readonly release: string;
}

const ACCOUNT = '123456789012';

/** Digests are looked up when a release starts. */
const DIGEST = `sha256:${'0'.repeat(64)}`;

/**
 * Runs the functions that a release runs: what they refuse is refused here.
 *
 * @param region where images and names are said to be
 * @throws RequestRefusedError or PlanRefusedError with every fault
 */
export function samplePlan(written: Pipeline, region: string): SamplePlan {
  const { name } = written;
  const { release, pipeline, lookups } = checkRequest(
    {
      request: { pipeline: name },
      executionArn: `arn:aws:states:${region}:${ACCOUNT}:execution:signalbox-prod-release:check`,
      startedAt: '2026-01-01T00:00:00.000Z',
    },
    { [name]: written },
  );
  const list = `s3://signalbox-artifacts/manifests/${name}/${release.id}`;
  const request: PlanRequest = {
    release,
    pipeline,
    images: lookups.images.map(({ reference }) => ({ reference, digest: DIGEST })),
    data: {
      uri: `${list}/manifest.json`,
      sagemakerUri: `${list}/sagemaker.json`,
      hash: '0'.repeat(64),
      objects: 1,
      bytes: 0,
    },
    live: null,
    stack: {
      dataBucket: 'signalbox-data',
      artifactBucket: 'signalbox-artifacts',
      jobRoleArn: `arn:aws:iam::${ACCOUNT}:role/signalbox-jobs`,
      topicArn: `arn:aws:sns:${region}:${ACCOUNT}:signalbox-notifications`,
    },
  };
  return { plan: planRelease(request), pipeline: pipeline as ResolvedPipeline, release: release.id };
}
