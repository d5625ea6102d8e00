import type { PlanRequest } from '../../functions/shared/generated/contracts.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

/** What plan-release was asked last. */
function lastPlanned(story: Story): PlanRequest {
  const { input } = story.calls.findLast(
    ({ operation, input: asked }) =>
      operation === 'Invoke' && (asked as { FunctionName: string }).FunctionName.endsWith('-plan-release'),
  )!;
  return JSON.parse(Buffer.from((input as { Payload: Uint8Array }).Payload).toString());
}

test('a plan is told what serves, and on what', async () => {
  const story = await openStory();
  const first = await story.liveRelease();
  await story.liveRelease();

  expect(lastPlanned(story)).toMatchObject({
    live: {
      endpoint: {
        configName: first.config,
        instanceType: 'ml.c5.large',
        isAsync: false,
        variants: [{ name: 'main', instanceCount: 4, isServerless: false }],
      },
      package: { arn: first.detail.modelPackageArn, containers: 1 },
    },
  });
  expect(lastPlanned(story)).not.toHaveProperty('approved');
  expect(lastPlanned(story).live!.package).not.toHaveProperty('productId');
});

test('an approved model of AWS Marketplace is not shifted to in a way that SageMaker would not take', async () => {
  const story = await openStory();
  const { detail, plan } = await story.liveRelease();
  const served = await story.serving();
  const { ModelPackageArn: packageArn } = await story.ask<{ ModelPackageArn: string }>('CreateModelPackage', {
    ModelPackageGroupName: 'flight-delay',
    ModelApprovalStatus: 'Approved',
    InferenceSpecification: {
      Containers: [
        { Image: plan!.images!.deploy, ModelDataUrl: detail.training!.modelDataUrl, ProductId: 'prod-1' },
      ],
      SupportedContentTypes: ['text/csv'],
      SupportedResponseMIMETypes: ['text/csv'],
    },
  });
  const eventTime = new Date(story.world.clock.now()).toISOString();
  await story.start({ pipeline: 'flight-delay', trigger: { kind: 'approval', packageArn, eventTime } });
  const release = await story.released();

  expect(lastPlanned(story).approved).toEqual({ productId: 'prod-1', containers: 1 });
  expect(release).toMatchObject({
    outcome: 'FAILED',
    reasons: [expect.stringContaining('the endpoint has a container of AWS Marketplace')],
    detail: { failure: { error: 'PlanRefusedError' } },
  });
  expect(await story.serving()).toEqual(served);
});
