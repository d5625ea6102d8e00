import { checkRequest } from '../../../functions/check-request/check-request.ts';
import { planRelease } from '../../../functions/plan-release/plan-release.ts';
import type { Plan, PlanRequest } from '../../../functions/shared/generated/contracts.ts';
import pipelines from '../../../functions/shared/generated/pipelines.json' with { type: 'json' };

export const digest = `sha256:${'1'.repeat(64)}`;

export const executionArn =
  'arn:aws:states:eu-west-1:123456789012:execution:signalbox-prod-release:flight-delay-data-1';

export const checked = (request: unknown = { pipeline: 'flight-delay' }) =>
  checkRequest({ request: request as never, executionArn, startedAt: '2026-03-02T09:00:00.000Z' }, pipelines);

/** What survey-data wrote of the data that is read. */
export const data: NonNullable<PlanRequest['data']> = {
  uri: 's3://signalbox-artifacts/manifests/flight-delay/r/5f1c/manifest.json',
  sagemakerUri: 's3://signalbox-artifacts/manifests/flight-delay/r/5f1c/sagemaker.json',
  hash: '5'.repeat(64),
  objects: 3,
  bytes: 300,
};

/** A request to plan `flight-delay` where nothing serves yet, with `changes` on top. */
export function planRequest(changes: Partial<PlanRequest> = {}, request?: unknown): PlanRequest {
  const { release, pipeline } = checked(request);
  return {
    release,
    pipeline,
    images: [{ reference: 'flight-delay:stable', digest }],
    data,
    live: null,
    stack: {
      dataBucket: 'signalbox-data',
      artifactBucket: 'signalbox-artifacts',
      jobRoleArn: 'arn:aws:iam::123456789012:role/signalbox-jobs',
      topicArn: 'arn:aws:sns:eu-west-1:123456789012:signalbox',
    },
    ...changes,
  };
}

/** The image that serves what was compiled. */
export const runtime = { reference: 'flight-delay-runtime:1', digest: `sha256:${'4'.repeat(64)}` };

/** A request to plan a release that compiles, for an endpoint of this instance type. */
export const compileRequest = (compile: object, instanceType = 'ml.c5.large'): PlanRequest =>
  planRequest(
    { images: [{ reference: 'flight-delay:stable', digest }, runtime] },
    { pipeline: 'flight-delay', overrides: { compile, deploy: { instances: { type: instanceType } } } },
  );

/** The plan of a release that makes a model, so that no part of it is missing. */
export const planned = (...asked: Parameters<typeof planRequest>) =>
  planRelease(planRequest(...asked)) as { [Part in keyof Plan]-?: NonNullable<Plan[Part]> };

/** What SageMaker tells of an endpoint that an earlier release made. */
export const live = (instanceCount = 4): NonNullable<PlanRequest['live']> => ({
  endpoint: {
    status: 'InService',
    configName: 'flight-delay-2602010900-aaaaaa-r0',
    variants: [{ name: 'main', instanceCount }],
  },
  package: {
    arn: 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/flight-delay/1',
    image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/flight-delay@sha256:${'2'.repeat(64)}`,
    modelDataUrl: 's3://signalbox-artifacts/flight-delay/old/model.tar.gz',
    properties: { release: 'flight-delay-2602010900-aaaaaa', pipeline: 'flight-delay' },
  },
});
