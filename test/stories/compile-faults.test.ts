import type { CallFault } from '../../local/faults/faults.ts';
import {
  compilationBegun,
  compilations,
  compiling,
  evaluationInputs,
  packageOf,
} from './support/compilations.ts';
import { openStory, type Story, type StoryOptions } from './support/story.ts';
import { tells, test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const NEO = 'OperatorNotImplemented: Softplus is not supported for ml_c5';
const failing = { compilation: () => ({ seconds: 120, failure: NEO }) };
const orUncompiled = compiling({ onFailure: 'uncompiled' });

/** For the compilation job alone no machine is found: it stays in STARTING. */
async function neverBegins(story: Story): Promise<void> {
  const { clock, sagemaker } = story.world;
  const trains = () =>
    [...sagemaker.jobs.training.values()].some(({ secondaryStatus }) => secondaryStatus === 'Training');
  await clock.runUntil(trains, 24 * 3_600_000);
  story.play({ provisioning: { jobSeconds: 30 * 24 * 3600 } });
  await clock.runUntil(() => compilations(story).length > 0, 24 * 3_600_000);
  story.play({ provisioning: {} });
}

async function released(
  options: StoryOptions,
  request: object,
): Promise<{ story: Story; release: ToldRelease }> {
  const story = await openStory(options);
  await story.start(request);
  return { story, release: await story.released() };
}

describe('a model that cannot be compiled', () => {
  test('fails the release with Neo’s own reason, and tells who can act', async () => {
    const { story, release } = await released(failing, compiling());

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringContaining(`Compile the challenger: ClientError: CompilationError: ${NEO}`)],
      detail: { failure: { error: 'CompilationFailedError' } },
      execution: { error: 'CompilationFailedError' },
    });
    expect(release.reasons[0]).toContain(`(job ${release.id}-compile-r0)`);
    expect(release.notice.message).toContain(
      'Who can act: The author of the pipeline: see whether Neo takes',
    );
    expect(story.called(/^CreateProcessingJob$/)).toHaveLength(1);
  });

  test('lets the trained one go on where the pipeline says so, and tells that first', async () => {
    const { story, release } = await released(failing, orUncompiled);
    const { detail, notice, plan } = release;
    const { InferenceSpecification, ...others } = await packageOf(story, detail);

    expect(release.outcome).toBe('LIVE');
    expect(detail.compilation).toMatchObject({
      compiled: false,
      modelDataUrl: detail.training!.modelDataUrl,
    });
    expect(detail.notes![0]).toContain(
      `so the uncompiled one went on: ClientError: CompilationError: ${NEO}`,
    );
    expect(notice.message).toContain(`\nNote: ${detail.notes![0]}\n`);
    expect(evaluationInputs(story).challenger).toEqual({
      test: expect.any(String),
      model: detail.training!.modelDataUrl,
    });
    expect(InferenceSpecification.Containers).toMatchObject([
      { Image: plan!.images!.deploy, ModelDataUrl: detail.training!.modelDataUrl },
    ]);
    expect(others.AdditionalInferenceSpecifications).toBeUndefined();
  });

  test('is compiled again by the next release, which judges it anew', async () => {
    const { story, release: first } = await released(failing, orUncompiled);
    story.play({ compilation: () => ({ seconds: 120 }) });
    await story.start(orUncompiled);
    const second = await story.released();

    expect(second).toMatchObject({ outcome: 'LIVE', detail: { compilation: { compiled: true } } });
    expect(second.detail.training!.jobName).toBe(first.detail.training!.jobName);
    expect(evaluationInputs(story, second.id).challenger).toMatchObject({
      model: second.detail.compilation!.modelDataUrl,
      uncompiled: first.detail.training!.modelDataUrl,
    });
  });

  test('that Neo refuses at once fails the release with its words', async () => {
    const faults: CallFault[] = [
      {
        service: 'sagemaker',
        operation: 'CreateCompilationJob',
        kind: 'error',
        code: 'ValidationException',
        message: 'Framework version 9.9 is not supported',
      },
    ];
    const { story, release } = await released({ faults }, compiling());

    expect(release.detail.failure).toMatchObject({
      error: 'CompilationFailedError',
      cause: expect.stringContaining('Framework version 9.9 is not supported'),
    });
    expect(compilations(story)).toEqual([]);
    expect(release.states('compile')).not.toContain('Give it time');
  });

  test('whose quota is used up waits for it', async () => {
    const faults: CallFault[] = [
      {
        service: 'sagemaker',
        operation: 'CreateCompilationJob',
        call: 1,
        times: 4,
        kind: 'error',
        code: 'ResourceLimitExceeded',
      },
    ];
    const { release } = await released({ faults }, compiling());

    expect(release).toMatchObject({ outcome: 'LIVE', detail: { compilation: { compiled: true } } });
  });

  test('although Neo says so, because what it left has vanished, fails the release', async () => {
    const story = await openStory();
    await story.start(compiling());
    await story.world.clock.runUntil(() => compilations(story)[0]?.compiled !== undefined, 24 * 3_600_000);
    const uri = compilations(story)[0]!.compiled!.modelDataUrl;
    story.world.s3.delete(story.world.outputs.ArtifactBucketName!, uri.replace(/^s3:\/\/[^/]+\//, ''));
    const release = await story.released();

    expect(release.detail.failure).toMatchObject({
      error: 'CompilationFailedError',
      cause: expect.stringMatching(
        /completed, but what it left in s3:.* cannot be read: S3\.NoSuchKeyException/,
      ),
    });
  });

  test('for whose target Neo names no image fails the release until the pipeline names one', async () => {
    const target = {
      framework: 'PYTORCH',
      frameworkVersion: '1.13',
      input: { input0: [1, 8] },
      target: 'ml_inf2',
    };
    const { release } = await released(
      {},
      compiling({ ...target, image: undefined }, { deploy: { instances: { type: 'ml.inf2.xlarge' } } }),
    );

    expect(release.reasons[0]).toContain(
      'Neo names no image that serves this target; name one in compile.image',
    );
  });
});

describe('a compilation that takes too long', () => {
  test('is ended by Neo, whose reason is told', async () => {
    const { release } = await released(
      { compilation: () => ({ seconds: 90_000 }) },
      compiling({ maxRuntimeSeconds: 600 }),
    );

    expect(release).toMatchObject({
      outcome: 'FAILED',
      detail: { failure: { error: 'CompilationFailedError' } },
    });
    expect(release.reasons[0]).toContain('TimeOut');
  });

  test('and does not even begin is stopped at its deadline', async () => {
    const story = await openStory();
    await story.start(compiling());
    await neverBegins(story);
    const release = await story.released();
    const [job] = compilations(story);

    expect(release.reasons[0]).toContain(
      `The compilation job ${job!.name} was not over after 5400 seconds and was stopped.`,
    );
    expect(story.called(/^StopCompilationJob$/)).toEqual(['StopCompilationJob']);
    // Looked at when its deadline was over, neither before nor long after.
    const heldMs = Date.parse(release.detail.endedAt) - job!.createdMs;
    expect([heldMs >= 5_400_000, heldMs < 5_430_000]).toEqual([true, true]);
  });
});

describe('a compilation that a person stopped', () => {
  const stopped = async (request: object): Promise<{ story: Story; release: ToldRelease }> => {
    const story = await openStory({ compilation: () => ({ seconds: 1500 }) });
    await story.start(request);
    const { name } = await compilationBegun(story);
    await story.ask('StopCompilationJob', { CompilationJobName: name });
    return { story, release: await story.released() };
  };

  test('fails the release as that, and blames no model', async () => {
    const { release } = await stopped(compiling());

    expect(release).toMatchObject({
      outcome: 'FAILED',
      reasons: [`Compile the challenger: Somebody stopped the compilation job ${release.id}-compile-r0.`],
      detail: { failure: { error: 'CompilationStoppedError' } },
    });
    expect(release.notice.message).toContain('Who can act: Whoever stopped the job');
  });

  test('lets the trained one go on where the pipeline says so', async () => {
    const { release } = await stopped(orUncompiled);

    expect(release.outcome).toBe('LIVE');
    expect(release.detail.notes![0]).toContain('Somebody stopped the compilation job');
  });
});

test('a compilation of which SageMaker tells nothing for a while is looked at again', async () => {
  const faults: CallFault[] = [
    { service: 'sagemaker', operation: 'DescribeCompilationJob', call: 1, times: 12, kind: 'throttle' },
  ];
  const { release } = await released({ faults }, compiling());

  expect(release).toMatchObject({ outcome: 'LIVE', detail: { compilation: { compiled: true } } });
  expect(release.states('compile')).not.toContain('Stop the job');
});

describe.each([
  ['sagemaker', 'CreateCompilationJob'],
  ['sagemaker', 'DescribeCompilationJob'],
  ['sagemaker', 'StopCompilationJob'],
  ['s3', 'HeadObject'],
] as const)('one job is made, and its end is seen, although of %s %s', (service, operation) => {
  globalThis.test.each([
    ['an answer is lost', 'lose-answer'],
    ['a call is made twice', 'twice'],
    ['calls are refused', 'throttle'],
  ] as const)('%s', (_what, kind) =>
    tells(async () => {
      const by = '*CompileMachineRole*';
      const faults = [1, 3, 5].map((call) => ({ service, operation, by, call, kind }) as CallFault);
      // Only a job that is over its deadline is ever stopped.
      const isStopped = operation === 'StopCompilationJob';
      const story = await openStory({ faults });
      await story.start(orUncompiled);
      if (isStopped) await neverBegins(story);
      const release = await story.released();

      expect(release).toMatchObject({ outcome: 'LIVE', detail: { compilation: { compiled: !isStopped } } });
      expect(story.world.journal.text()).toContain(' fault: ');
      expect(compilations(story)).toHaveLength(1);
    }),
  );
});
