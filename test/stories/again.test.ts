import type { ChosenSteps } from '../../functions/shared/generated/contracts.ts';
import { usual } from './support/behaviour.ts';
import { openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const broken = { exitCode: 1, message: 'the container is broken' };

/** What a release meant to do with each step, and why, as its record tells it. */
async function chosenBy(story: Story, { id }: ToldRelease): Promise<ChosenSteps> {
  const records = await story.ledger('pipeline/flight-delay');
  return JSON.parse(records.find(({ sk }) => sk === `release/${id}`)!.steps as string);
}

const actions = ({ process, train, challenger, champion }: ChosenSteps) =>
  [process, train, challenger, champion].map((step) => step?.action);

/** Releases the pipeline once and again; between the two the world may change. */
async function twice(
  options: StoryOptions,
  between: (story: Story, first: ToldRelease) => void | Promise<void> = () => {},
  request: object = {},
) {
  const story = await openStory(options);
  await story.start({ pipeline: 'flight-delay' });
  const first = await story.released();
  await between(story, first);
  story.calls.length = 0;
  await story.start({ pipeline: 'flight-delay', ...request });
  const second = await story.released();
  return { story, first, second, chosen: await chosenBy(story, second) };
}

const repaired = (story: Story) => story.play({ containers: {} });
const jobs = (story: Story) => story.called(/^Create(Processing|Training)Job$/);

test('a finished step is known for a year, and the last ingredients until there are others', async () => {
  const story = await openStory();
  await story.start({ pipeline: 'flight-delay' });
  await story.released();

  const items = await story.ledger('step/flight-delay');
  const yearMs = 365 * 24 * 3600 * 1000;

  expect(items.map(({ sk }) => String(sk).split('/')[0])).toEqual([
    'challenger',
    'latest',
    'process',
    'train',
  ]);
  for (const { sk, ttl } of items) {
    const leftMs = Number(ttl) * 1000 - story.world.clock.now();
    if (sk === 'latest') expect(ttl).toBeUndefined();
    else expect([sk, leftMs > yearMs - 2 * 3600 * 1000 && leftMs <= yearMs]).toEqual([sk, true]);
  }
});

describe('a release that is started again', () => {
  test('after a failed training goes on with the rows of the first', async () => {
    const { story, first, second, chosen } = await twice({ containers: { train: broken } }, repaired);

    expect([first.outcome, second.outcome]).toEqual(['FAILED', 'LIVE']);
    expect(actions(chosen)).toEqual(['reuse', 'adopt', 'adopt', undefined]);
    expect(chosen.process.why).toContain(first.id);
    // One training, one evaluation; the rows are those of the first release.
    expect(jobs(story)).toEqual(['CreateTrainingJob', 'CreateProcessingJob']);
    expect(second.detail.training!.jobName).toContain(second.id);
    const inputs = story.calls.find(({ operation }) => operation === 'CreateTrainingJob')!.input;
    expect(JSON.stringify(inputs)).toContain(`/scratch/flight-delay/${first.id}/rows/train`);
  });

  test('after a failed evaluation goes on with the model of the first', async () => {
    const { story, first, second, chosen } = await twice({ containers: { challenger: broken } }, repaired);

    expect([first.outcome, second.outcome]).toEqual(['FAILED', 'LIVE']);
    expect(actions(chosen)).toEqual(['reuse', 'adopt', 'adopt', undefined]);
    expect(jobs(story)).toEqual(['CreateProcessingJob']);
    expect(second.detail.training!.jobName).toContain(first.id);
  });

  test('with another hyperparameter trains and evaluates, and names it', async () => {
    const { story, first, second, chosen } = await twice({}, undefined, {
      overrides: { train: { hyperparameters: { learningRate: 0.1 } } },
    });

    expect([first.outcome, second.outcome]).toEqual(['LIVE', 'LIVE']);
    expect(actions(chosen)).toEqual(['reuse', 'run', 'run', 'run']);
    expect(chosen.train).toMatchObject({
      why: 'hyperparameters.learningRate changed (0.05 to 0.1)',
      changed: ['hyperparameters.learningRate'],
    });
    expect(jobs(story)).toEqual(['CreateTrainingJob', 'CreateProcessingJob', 'CreateProcessingJob']);
  });

  test('with more time, which changes no result, trains no second time', async () => {
    const { story, chosen } = await twice({}, undefined, {
      overrides: { train: { maxRuntimeSeconds: 20_000, spot: { maxWaitSeconds: 30_000 } } },
    });

    expect(actions(chosen)).toEqual(['reuse', 'reuse', 'reuse', 'run']);
    expect(story.called(/^CreateTrainingJob$/)).toEqual([]);
  });

  test('by new data does everything, and names the data', async () => {
    const story = await openStory();
    await story.start({ pipeline: 'flight-delay' });
    await story.released();
    story.upload('2001-02.json');
    const chosen = await chosenBy(story, await story.released());

    expect(actions(chosen)).toEqual(['run', 'run', 'run', 'run']);
    expect(chosen.process.why).toBe('data changed');
    expect(chosen.train.why).toBe('rows changed');
  });

  test('afresh does everything, though all has finished before', async () => {
    const { story, chosen } = await twice({}, undefined, { fresh: true });

    expect(actions(chosen)).toEqual(['run', 'run', 'run', 'run']);
    expect(jobs(story)).toHaveLength(4);
  });
});

describe('a job that still runs', () => {
  test('is taken over from a release that was stopped, and none is started beside it', async () => {
    const story = await openStory({
      seconds: 1200,
      faults: [{ service: 'sagemaker', operation: 'StopTrainingJob', kind: 'throttle' }],
    });
    const trainings = () => [...story.world.sagemaker.jobs.training.values()];
    const arn = await story.start({ pipeline: 'flight-delay' });
    await story.world.clock.runUntil(() => trainings()[0]?.secondaryStatus === 'Training', 7_200_000);
    await story.abort(arn);

    const second = await story.releasedAs(await story.start({ pipeline: 'flight-delay' }));

    expect(second.outcome).toBe('LIVE');
    expect(actions(await chosenBy(story, second))).toEqual(['reuse', 'adopt', 'adopt', undefined]);
    expect(trainings()).toHaveLength(1);
    expect(second.detail.training).toMatchObject({ jobName: trainings()[0]!.name, adopted: true });
  });
});

describe('what a step left', () => {
  const tooWeak = { ...usual.metrics, challenger: { auc: 0.4, logLoss: 0.9 } };
  const model = (release: ToldRelease): string =>
    release.detail.training!.modelDataUrl.replace(/^s3:\/\/[^/]+\//, '');
  const artifacts = (story: Story): string => story.world.outputs.ArtifactBucketName!;

  test('is a miss when it has vanished', async () => {
    const { first, second, chosen } = await twice({ metrics: tooWeak }, (story, release) => {
      story.world.s3.delete(artifacts(story), model(release));
      story.play({ metrics: usual.metrics });
    });

    expect(first.outcome).toBe('REJECTED');
    expect(actions(chosen)).toEqual(['reuse', 'run', 'run', undefined]);
    expect(chosen.train.why).toBe(`the model of release ${first.id} has vanished`);
    expect(second.outcome).toBe('LIVE');
  });

  test('is a miss when somebody has overwritten it', async () => {
    const { first, chosen } = await twice({}, (story, release) => {
      story.world.s3.put(artifacts(story), model(release), 'something else');
    });

    expect(actions(chosen)).toEqual(['reuse', 'run', 'run', 'run']);
    expect(chosen.train.why).toBe(`the model of release ${first.id} has changed since`);
  });
});

describe('data that changes while it is processed', () => {
  const processing = (story: Story) => [...story.world.sagemaker.jobs.processing.values()].at(-1);
  const begun = async (request: object = {}): Promise<Story> => {
    const story = await openStory();
    await story.start({ pipeline: 'flight-delay', ...request });
    await story.world.clock.runUntil(() => processing(story)?.status === 'InProgress', 3_600_000);
    return story;
  };

  test('ends the release with the name of the object', async () => {
    const story = await begun();
    story.upload('2001-01.json', '[{"file":"other"}]');

    const release = await story.released();

    expect(release).toMatchObject({ outcome: 'FAILED', detail: { failure: { error: 'InputChangedError' } } });
    expect(release.reasons[0]).toContain('flight-delay/incoming/2001-01.json was overwritten');
  });

  test('by an object that came in addition makes rows for this release alone', async () => {
    const story = await begun();
    const key = 'flight-delay/incoming/2001-02.json';
    story.world.s3.put(story.world.outputs.DataBucketName!, key, '[]');
    const first = await story.released();
    story.world.s3.delete(story.world.outputs.DataBucketName!, key);
    await story.released();
    await story.start({ pipeline: 'flight-delay' });
    const second = await story.released();

    expect(first.outcome).toBe('LIVE');
    expect((await chosenBy(story, second)).process.why).toContain(
      `data came while release ${first.id} read it`,
    );
  });

  test('does not matter to a release that reads its list alone', async () => {
    const story = await begun({ overrides: { data: { scope: 'manifest' } } });
    story.upload('2001-02.json');
    const request = processing(story)!.request;

    expect(await story.released()).toMatchObject({ outcome: 'LIVE' });
    expect(JSON.stringify(request)).toMatch(
      /"S3Uri":"[^"]+\/sagemaker.json"[^}]+"S3DataType":"ManifestFile"/,
    );
  });
});

describe('a release that asks for some uploads alone', () => {
  /** Starts a release for the first of two objects, by a list as a burst of uploads leaves it. */
  async function ask(etag: (story: Story) => string): Promise<Story> {
    // No upload asks for a release of its own.
    const story = await openStory({ event: ({ source }) => (source === 'aws.s3' ? 'drop' : 'deliver') });
    story.upload('2001-02.json');
    const bucket = story.world.outputs.DataBucketName!;
    const object = { key: 'flight-delay/incoming/2001-02.json', etag: etag(story), size: 25 };
    const key = 'manifests/flight-delay/5f1c/manifest.json';
    const list = `{"bucket":"${bucket}","objects":[\n${JSON.stringify(object)}\n]}\n`;
    story.world.s3.put(story.world.outputs.ArtifactBucketName!, key, list);
    const uri = `s3://${story.world.outputs.ArtifactBucketName}/${key}`;
    await story.start({
      pipeline: 'flight-delay',
      trigger: { kind: 'data', manifest: { uri, hash: '5'.repeat(64), objects: 1, bytes: 25 } },
      overrides: { data: { scope: 'manifest' } },
    });
    return story;
  }
  const now = (story: Story): string =>
    story.world.s3.get(story.world.outputs.DataBucketName!, 'flight-delay/incoming/2001-02.json')!.etag;

  test('reads what they left and nothing else', async () => {
    const story = await ask(now);
    const { outcome, plan } = await story.released();

    expect(outcome).toBe('LIVE');
    const { manifest } = plan!.process!.input;
    const lists = manifest!.replace(/^s3:\/\/[^/]+\//, '').replace('manifest.json', 'sagemaker.json');
    const body = story.world.s3.get(story.world.outputs.ArtifactBucketName!, lists)!.body;
    expect(JSON.parse(Buffer.from(body).toString()).slice(1)).toEqual(['2001-02.json']);
  });

  test('ends when one of them was replaced before it began', async () => {
    const story = await ask(() => 'an earlier one');

    expect(await story.released()).toMatchObject({
      outcome: 'FAILED',
      reasons: [expect.stringMatching(/^Survey data: 1 of 1 objects are not what .* was overwritten/)],
      detail: { failure: { error: 'InputChangedError' } },
    });
    expect(jobs(story)).toEqual([]);
  });
});

test('a release without data ends before it costs anything', async () => {
  const story = await openStory();
  story.world.s3.delete(story.world.outputs.DataBucketName!, 'flight-delay/incoming/2001-01.json');
  await story.start({ pipeline: 'flight-delay' });

  expect(await story.released()).toMatchObject({
    outcome: 'FAILED',
    detail: { failure: { error: 'DataMissingError' } },
    notice: { message: expect.stringContaining('Who can act: Whoever delivers the data') },
  });
  expect(jobs(story)).toEqual([]);
});

test('a release goes live although the answers of its surveys are lost or come twice', async () => {
  const on = '*function:*-survey-data';
  const story = await openStory({
    faults: [
      { service: 'lambda', operation: 'Invoke', on, call: 1, kind: 'lose-answer' },
      { service: 'lambda', operation: 'Invoke', on, call: 3, kind: 'twice' },
      { service: 's3', operation: 'PutObject', by: '*SurveyData*', call: 2, kind: 'lose-answer' },
      { service: 's3', operation: 'ListObjectVersions', by: '*SurveyData*', call: 3, kind: 'throttle' },
    ],
  });
  await story.start({ pipeline: 'flight-delay' });

  expect(await story.released()).toMatchObject({ outcome: 'LIVE' });
  expect(story.world.journal.text().match(/ fault: /g)).toHaveLength(4);
  // Both surveys saw the same, and wrote it to the same place.
  const lists = story.world.s3.list(story.world.outputs.ArtifactBucketName!, 'manifests/flight-delay/');
  expect(lists.map(({ key }) => key.split('/').at(-1))).toEqual(['manifest.json', 'sagemaker.json']);
});
