import { compilations, compiling, enteredAt, evaluationInputs, packageOf } from './support/compilations.ts';
import { openStory, type Story } from './support/story.ts';
import { tells, test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

/** The model behind the endpoint's one variant, by the package that it was made from. */
async function servedPackage(story: Story): Promise<string> {
  const { ProductionVariants } = await story.ask<{ ProductionVariants: { ModelName: string }[] }>(
    'DescribeEndpointConfig',
    { EndpointConfigName: (await story.served())!.config },
  );
  const { PrimaryContainer } = await story.ask<{ PrimaryContainer: { ModelPackageName: string } }>(
    'DescribeModel',
    { ModelName: ProductionVariants[0]!.ModelName },
  );
  return PrimaryContainer.ModelPackageName;
}

async function compiled(story: Story, request: object = compiling()): Promise<ToldRelease> {
  await story.start(request);
  const release = await story.released();
  expect(release).toMatchObject({ outcome: 'LIVE', detail: { compilation: { compiled: true } } });
  return release;
}

describe('a model that was compiled', () => {
  test('is what is judged, beside the one it was made from', async () => {
    const story = await openStory();
    const { detail } = await compiled(story);

    expect(evaluationInputs(story)).toEqual({
      challenger: {
        test: expect.stringMatching(/\/rows\/test$/),
        model: detail.compilation!.modelDataUrl,
        uncompiled: detail.training!.modelDataUrl,
      },
    });
    expect(detail.compilation!.modelDataUrl).toMatch(/\/compiled\/[^/]+-compile-r0\/model-ml_c5\.tar\.gz$/);
  });

  test('is registered with the image that serves it, and the trained one beside it', async () => {
    const story = await openStory();
    const digest = story.pushImage('a runtime for compiled models', 'runtime');
    const { detail, plan } = await compiled(story, compiling({ image: 'flight-delay:runtime' }));

    const { InferenceSpecification, AdditionalInferenceSpecifications } = await packageOf(story, detail);
    const runtime = expect.stringMatching(new RegExp(`/flight-delay@${digest}$`));

    expect(InferenceSpecification.Containers).toMatchObject([
      { Image: runtime, ModelDataUrl: detail.compilation!.modelDataUrl },
    ]);
    expect(plan!.images!.deploy).not.toContain(digest);
    expect(AdditionalInferenceSpecifications).toMatchObject([
      {
        Name: 'uncompiled',
        Containers: [{ Image: plan!.images!.deploy, ModelDataUrl: detail.training!.modelDataUrl }],
        SupportedRealtimeInferenceInstanceTypes: ['ml.c5.large'],
      },
    ]);
  });

  globalThis.test.each([
    [{ framework: 'XGBOOST' }, 'xgboost-neo:latest'],
    [
      { framework: 'PYTORCH', frameworkVersion: '1.8', input: { input0: [1, 8] } },
      'sagemaker-inference-pytorch:1.8-cpu-py3',
    ],
    [{ framework: 'KERAS', input: { input_1: [1, 8] } }, 'sagemaker-neo-keras:2.2.4-cpu-py3'],
  ])('serves in the image that Neo names for %o where the pipeline names none', (block, image) =>
    tells(async () => {
      const story = await openStory();
      const { detail } = await compiled(story, compiling({ ...block, image: undefined }));

      expect((await packageOf(story, detail)).InferenceSpecification.Containers[0]!.Image).toMatch(
        new RegExp(`^\\d{12}\\.dkr\\.ecr\\.eu-west-1\\.amazonaws\\.com/${image}$`),
      );
    }),
  );

  test('serves, and nobody is told of anything unusual', async () => {
    const story = await openStory();
    const { detail, notice } = await compiled(story);

    expect(await servedPackage(story)).toBe(detail.modelPackageArn);
    expect(detail.notes ?? []).not.toContainEqual(expect.stringContaining('compiled'));
    expect(notice.message).not.toContain('could not be compiled');
  });

  test('is the champion that the next release is compared with, as it serves', async () => {
    const story = await openStory();
    const first = await compiled(story);
    story.pushImage('two');
    const second = await compiled(story);
    const champion = evaluationInputs(story, second.id).champion!;

    expect(champion.model).toBe(first.detail.compilation!.modelDataUrl);
    expect(champion).not.toHaveProperty('uncompiled');
    // It is judged in the image that judged it before, not in the new one.
    expect(second.plan!.evaluate!.champion!.request).toMatchObject({
      AppSpecification: { ImageUri: first.plan!.images!.evaluate },
    });
    expect(second.detail.verdict!.champion).toBeDefined();
  });

  test('makes way for a release that compiles nothing, at the cost of one question', async () => {
    const story = await openStory();
    await compiled(story);
    await story.start({ pipeline: 'flight-delay' });
    const release = await story.released();

    expect(release.outcome).toBe('LIVE');
    expect(release.states('compile')).toEqual([]);
    expect(release.states('release')).toContain('Is there anything to compile?');
    expect(release.detail).not.toHaveProperty('compilation');
    expect((await packageOf(story, release.detail)).AdditionalInferenceSpecifications).toBeUndefined();
  });
});

describe('a compilation is asked for', () => {
  test('as the pipeline says, with the tags of its release', async () => {
    const story = await openStory();
    const input = { input0: [1, 8] };
    const release = await compiled(
      story,
      compiling({ framework: 'PYTORCH', frameworkVersion: '2.0', input, maxRuntimeSeconds: 3600 }),
    );
    const [job] = compilations(story);

    expect(job!.request).toMatchObject({
      CompilationJobName: `${release.id}-compile-r0`,
      InputConfig: {
        S3Uri: release.detail.training!.modelDataUrl,
        Framework: 'PYTORCH',
        FrameworkVersion: '2.0',
        DataInputConfig: '{"input0":[1,8]}',
      },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    });
    const { Tags } = await story.ask<{ Tags: object[] }>('ListTags', { ResourceArn: job!.arn });
    expect(Tags).toContainEqual({ Key: 'signalbox:release', Value: release.id });
  });

  globalThis.test.each([
    ['a minute', 60],
    ['half an hour', 1800],
    ['twelve hours', 43_200],
  ])('again and again while it takes %s, in few steps', (_what, seconds) =>
    tells(async () => {
      const story = await openStory({ compilation: () => ({ seconds }) });
      const release = await compiled(story, compiling({ maxRuntimeSeconds: 86_400 }));
      const [job] = compilations(story);
      const [seenMs] = enteredAt(story, 'compile', 'Look at the compiled model');
      const took = (job!.endedMs! - job!.createdMs) / 1000;
      // As the machine's own comment states it.
      const most = 3 * (11 + Math.log(Math.max(1, took / 600)) / Math.log(1.1)) + 4;

      expect(release.states('compile').length).toBeLessThanOrEqual(most);
      expect((seenMs! - job!.endedMs!) / 1000).toBeLessThanOrEqual(Math.max(60, took / 10) + 1);
    }),
  );
});
