import type { ChosenSteps } from '../../functions/shared/generated/contracts.ts';
import { compilationBegun, compilations, compiling, evaluationInputs } from './support/compilations.ts';
import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const broken = { exitCode: 1, message: 'the container is broken' };
const artifacts = (story: Story): string => story.world.outputs.ArtifactBucketName!;
const key = (uri: string): string => uri.replace(/^s3:\/\/[^/]+\//, '');

/** What a release meant to do with the steps that make a model, as its record tells it. */
async function chosenBy(story: Story, { id }: ToldRelease): Promise<(string | undefined)[]> {
  const records = await story.ledger('pipeline/flight-delay');
  const steps: ChosenSteps = JSON.parse(records.find(({ sk }) => sk === `release/${id}`)!.steps as string);
  return [steps.train, steps.compile, steps.challenger].map((step) => step?.action);
}

/** A release that compiles, and another after it; between the two the world may change. */
async function twice(
  first: object,
  between: (story: Story, release: ToldRelease) => void = () => {},
  request: object = compiling(),
) {
  const story = await openStory(first);
  await story.start(compiling());
  const one = await story.released();
  between(story, one);
  story.calls.length = 0;
  await story.start(request);
  const two = await story.released();
  return { story, one, two, chosen: await chosenBy(story, two) };
}

describe('a model that was compiled already', () => {
  test('is not compiled again for a second release with the same data', async () => {
    const { story, one, two, chosen } = await twice({});

    expect(chosen).toEqual(['reuse', 'reuse', 'reuse']);
    expect(story.called(/^CreateCompilationJob$/)).toEqual([]);
    expect(two).toMatchObject({ outcome: 'LIVE', detail: { compilation: one.detail.compilation } });
    expect(two.states('compile')).toEqual([]);
  });

  test('is compiled again for another target, from the model that was trained', async () => {
    const { story, one, two, chosen } = await twice(
      {},
      undefined,
      compiling({ target: 'ml_c5', options: { a: 1 } }),
    );

    expect(chosen).toEqual(['reuse', 'run', 'run']);
    expect(compilations(story)).toHaveLength(2);
    expect(two.detail.compilation!.modelDataUrl).not.toBe(one.detail.compilation!.modelDataUrl);
    expect(two.detail.training!.jobName).toBe(one.detail.training!.jobName);
  });

  test('is compiled again when it has vanished or was overwritten', async () => {
    const { chosen: vanished } = await twice({}, (story, { detail }) =>
      story.world.s3.delete(artifacts(story), key(detail.compilation!.modelDataUrl)),
    );
    const { chosen: overwritten } = await twice({}, (story, { detail }) => {
      story.world.s3.put(artifacts(story), key(detail.compilation!.modelDataUrl), 'something else');
    });

    expect([vanished, overwritten]).toEqual([
      ['reuse', 'run', 'run'],
      ['reuse', 'run', 'run'],
    ]);
  });

  test('serves a release whose evaluation failed the first time', async () => {
    const { story, one, two, chosen } = await twice({ containers: { challenger: broken } }, (now) =>
      now.play({ containers: {} }),
    );

    expect([one.outcome, two.outcome]).toEqual(['FAILED', 'LIVE']);
    expect(chosen).toEqual(['adopt', 'adopt', 'adopt']);
    expect(compilations(story)).toHaveLength(1);
    expect(two.detail.compilation).toMatchObject({ compiled: true, adopted: true });
  });

  test('is forgotten when everything is asked for afresh', async () => {
    const { story, chosen } = await twice({}, undefined, { ...compiling(), fresh: true });

    expect(chosen).toEqual(['run', 'run', 'run']);
    expect(compilations(story)).toHaveLength(2);
  });
});

describe('a compilation that still runs', () => {
  test('is taken over when its release is redriven, and none is begun beside it', async () => {
    const story = await openStory({ compilation: () => ({ seconds: 1500 }) });
    const arn = await story.start(compiling());
    const { name } = await compilationBegun(story);
    await story.abort(story.executions('compile')[0]!.arn);
    const failed = await story.releasedAs(arn);
    await story.redrive(arn);
    const release = await story.releasedAs(arn, 2);

    expect(failed.outcome).toBe('FAILED');
    expect(release).toMatchObject({
      outcome: 'LIVE',
      id: failed.id,
      detail: { compilation: { compiled: true, jobName: name, adopted: true } },
    });
    expect(compilations(story)).toHaveLength(1);
  });

  test('is made up for by one of our own when it fails', async () => {
    let fails = true;
    const story = await openStory({
      compilation: () => ({ seconds: 1500, ...(fails && { failure: 'InternalError' }) }),
    });
    const arn = await story.start(compiling());
    await compilationBegun(story);
    await story.abort(arn);
    const next = await story.start(compiling());
    await story.world.clock.runUntil(() => compilations(story)[0]!.hasEnded, 24 * 3_600_000);
    fails = false;
    const release = await story.releasedAs(next);
    const [first, second] = compilations(story);

    expect([first!.status, second!.status]).toEqual(['FAILED', 'COMPLETED']);
    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: { compilation: { jobName: second!.name, adopted: false } },
    });
    const steps = await story.ledger('step/flight-delay');
    expect(steps.find(({ sk }) => String(sk).startsWith('compile/'))).toMatchObject({
      status: 'FINISHED',
      job: second!.name,
    });
  });
});

test('an evaluation that judged the uncompiled model is not taken for one of the compiled', async () => {
  let fails = true;
  const story = await openStory({
    compilation: () => ({ seconds: 120, ...(fails && { failure: 'InternalError' }) }),
    containers: { challenger: { seconds: 3000 } },
    // The job outlives its release.
    faults: [{ service: 'sagemaker', operation: 'StopProcessingJob', kind: 'throttle' }],
  });
  const request = compiling({ onFailure: 'uncompiled' });
  const arn = await story.start(request);
  await story.entered('Evaluate the candidate');
  fails = false;
  await story.abort(arn);
  const second = await story.releasedAs(await story.start(request));

  expect(await chosenBy(story, second)).toEqual(['adopt', 'adopt', 'adopt']);
  expect(second).toMatchObject({
    outcome: 'LIVE',
    detail: { compilation: { compiled: true, adopted: false } },
  });
  expect(evaluationInputs(story, second.id).challenger).toMatchObject({
    model: second.detail.compilation!.modelDataUrl,
  });
});
