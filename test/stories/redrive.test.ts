import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const jobs = (story: Story) => story.called(/^Create(Processing|Training)Job$/);

describe('a release that failed', () => {
  test('starts again where it stopped when it is redriven', async () => {
    const story = await openStory({ containers: { train: { exitCode: 1, message: 'no gradient' } } });
    const arn = await story.start({ pipeline: 'flight-delay' });
    const failed = await story.releasedAs(arn);
    expect(failed.execution).toMatchObject({ status: 'FAILED', error: 'TrainingFailedError' });
    expect(jobs(story)).toEqual(['CreateProcessingJob', 'CreateTrainingJob']);

    story.play({ containers: {} });
    await story.redrive(arn);
    const release = await story.releasedAs(arn, 2);

    expect(release).toMatchObject({ outcome: 'LIVE', id: failed.id, config: `${failed.id}-r1` });
    // The rows are still there; only what failed and what follows it ran.
    expect(jobs(story).slice(2)).toEqual(['CreateTrainingJob', 'CreateProcessingJob']);
    expect(release.detail.training!.jobName).toContain('-r1');
  });

  test('fails under its own name, with a reason a person can read', async () => {
    const story = await openStory({ containers: { train: { exitCode: 1, message: 'no gradient' } } });

    const { execution } = await story.releasedAs(await story.start({ pipeline: 'flight-delay' }));

    expect(execution.error).toBe('TrainingFailedError');
    expect(JSON.parse(execution.cause!).errorMessage).toContain('Train the challenger: ');
  });

  test('fails again, and is told again, when nothing was mended', async () => {
    const story = await openStory({ containers: { train: { exitCode: 1, message: 'no gradient' } } });
    const arn = await story.start({ pipeline: 'flight-delay' });
    await story.releasedAs(arn);

    await story.redrive(arn);
    const again = await story.releasedAs(arn, 2);

    expect(again).toMatchObject({ outcome: 'FAILED', execution: { error: 'TrainingFailedError' } });
    expect(await story.ledger('running')).toEqual([]);
  });

  test('ends as the other when somebody has asked for the same since', async () => {
    const story = await openStory({ containers: { train: { exitCode: 1, message: 'no gradient' } } });
    const first = await story.start({ pipeline: 'flight-delay', intent: 'nightly' });
    await story.releasedAs(first);
    story.play({ containers: {} });
    const second = await story.start({ pipeline: 'flight-delay', intent: 'nightly' });
    const live = await story.releasedAs(second);

    await story.redrive(first);
    const { status, output } = await story.ended(first);

    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output!)).toEqual(live.detail);
  });

  test('whose request was refused begins with the request', async () => {
    const story = await openStory();
    const arn = await story.start({ pipeline: 'flight-dealy' });
    expect((await story.releasedAs(arn)).execution.error).toBe('UnknownPipelineError');

    await story.redrive(arn);

    expect((await story.releasedAs(arn, 2)).execution.error).toBe('UnknownPipelineError');
  });
});

/** Makes the training machine wait for a job that it does not know to have made. */
const lostAnswer = [
  { service: 'sagemaker', operation: 'CreateTrainingJob', call: 1, kind: 'lose-answer' },
] as const;

async function approve(story: Story): Promise<void> {
  await story.pass({ minutes: 1 });
  const { ModelPackageSummaryList } = await story.ask<{
    ModelPackageSummaryList: { ModelPackageArn: string }[];
  }>('ListModelPackages', { ModelPackageGroupName: 'flight-delay' });
  await story.decide(ModelPackageSummaryList[0]!.ModelPackageArn, 'Approved');
}

describe('a release that somebody stopped goes on when it is redriven', () => {
  const isLive = async (story: Story, arn: string) => {
    const { status } = await story.ended(arn);
    const [record] = await story.ledger('pipeline/flight-delay');
    const served = await story.served();
    // What it says is what serves, and nothing is held.
    if (record!.outcome === 'LIVE') {
      expect(served).toMatchObject({ status: 'InService' });
      expect(served!.config).toContain(String(record!.sk).replace('release/', ''));
    }
    expect(status).toBe(record!.outcome === 'LIVE' ? 'SUCCEEDED' : 'FAILED');
    expect(await story.ledger(`intent/${record!.intent}`)).toMatchObject([{ outcome: record!.outcome }]);
    expect(await story.ledger('running')).toEqual([]);
    for (const turn of await story.ledger('turn')) expect(turn).not.toHaveProperty('holder');
    return record!.outcome === 'LIVE';
  };

  // Where it waited for a machine or a job that was stopped with it, and whose turn was passed on since, the first
  // redrive can end no better than the stop; the second begins anew.
  for (const [state, machine, redrives] of [
    ['Process the data', 'release', 1],
    ['Train on this rung', 'train', 2],
    ['Wait for the training job', 'train', 1],
    ['Evaluate the candidate', 'release', 1],
    ['Wait for an answer', 'approve', 1],
    ['Wait for the endpoint', 'deploy', 2],
  ] as const) {
    test(`in the state “${state}”`, async () => {
      const story = await openStory({ faults: state === 'Wait for the training job' ? lostAnswer : [] });
      const arn = await story.start({
        pipeline: 'flight-delay',
        overrides: { register: { approval: machine === 'approve' ? 'manual' : 'automatic' } },
      });
      await story.entered(state, machine);
      await story.pass({ minutes: 1 });
      await story.abort(arn);
      await story.pass({ minutes: 30 });

      for (let redrive = 1; redrive <= redrives; redrive += 1) {
        await story.redrive(arn);
        if (machine === 'approve') await approve(story);
        expect(await isLive(story, arn)).toBe(redrive === redrives);
      }
    });
  }
});

test('a release that was stopped and redriven after another start has taken its intent over harms nobody', async () => {
  const story = await openStory();
  const request = { pipeline: 'flight-delay', intent: 'nightly' };
  const first = await story.start(request);
  await story.entered('Process the data');
  await story.abort(first);
  await story.pass({ minutes: 5 });
  const second = await story.start(request);
  await story.pass({ minutes: 1 });

  await story.redrive(first);
  await story.ended(first);
  await story.ended(second);

  const outcomes = (await story.ledger('pipeline/flight-delay')).map(({ outcome }) => outcome);
  expect(outcomes).toContain('LIVE');
  for (const outcome of outcomes) expect(['LIVE', 'SUPERSEDED']).toContain(outcome);
  expect(await story.ledger('intent/flight-delay/intent/nightly')).toMatchObject([{ owner: second }]);
  expect(await story.ledger('running')).toEqual([]);
  for (const turn of await story.ledger('turn')) expect(turn).not.toHaveProperty('holder');
});
