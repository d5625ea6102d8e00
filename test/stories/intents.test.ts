import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const asked = (intent: string, more: object = {}) => ({ pipeline: 'flight-delay', intent, ...more });

const image = (digit: string, eventTime: string, digest: string) => ({
  pipeline: 'flight-delay',
  trigger: { kind: 'image', repository: 'flight-delay', tag: 'stable', digest, eventTime, detail: digit },
});

const records = (story: Story) => story.ledger('pipeline/flight-delay');

/** What an execution is told to have come to. */
const outputOf = async (story: Story, arn: string) => JSON.parse((await story.ended(arn)).output!);

describe('a second start of an intent', () => {
  test('waits for the first and ends as it, says whose outcome that is, and tells nobody twice', async () => {
    const story = await openStory();

    const first = await story.start(asked('nightly'));
    await story.entered('Process the data');
    const second = await story.start(asked('nightly'));
    const release = await story.releasedAs(first);

    expect(release.outcome).toBe('LIVE');
    expect(await outputOf(story, second)).toEqual(release.detail);
    expect(story.world.sns.published).toHaveLength(1);
    expect(await records(story)).toHaveLength(1);
    expect(story.events('Release Ended')).toHaveLength(1);
    expect(story.called(/^CreateTrainingJob$/)).toHaveLength(1);
  });

  test('is woken when the first ends, not by its own patience', async () => {
    const story = await openStory();

    const first = await story.start(asked('nightly'));
    await story.entered('Process the data');
    const second = await story.start(asked('nightly'));
    const firstEnded = (await story.ended(first)).stopMs!;

    expect((await story.ended(second)).stopMs! - firstEnded).toBeLessThan(5000);
  });

  test('that comes after the first has ended ends at once', async () => {
    const story = await openStory();
    await story.start(asked('nightly'));
    const { detail } = await story.released();

    const second = await story.start(asked('nightly', { failUnlessLive: true }));

    expect(await outputOf(story, second)).toEqual(detail);
    expect(story.called(/^CreateTrainingJob$/)).toHaveLength(1);
  });

  test('that finds the first ended well, when it could ask at last, ends as it', async () => {
    const asksInVain = (call: number) =>
      ({ service: 'stepfunctions', operation: 'DescribeExecution', call, kind: 'throttle' }) as const;
    const story = await openStory({
      metrics: { challenger: { auc: 0.5, logLoss: 0.9 }, champion: {} },
      faults: [
        { service: 's3', operation: 'HeadObject', call: 1, kind: 'slow', seconds: 2 },
        ...[1, 2, 3, 4].map(asksInVain),
      ],
    });
    const first = await story.start(asked('nightly'));
    await story.world.clock.runUntil(() => story.calls.some(({ operation }) => operation === 'HeadObject'));

    const second = await story.start(asked('nightly'));
    const release = await story.releasedAs(first);

    expect(release.outcome).toBe('REJECTED');
    expect(await outputOf(story, second)).toEqual(release.detail);
    expect(await records(story)).toHaveLength(1);
  });

  test('at the very same moment makes one release', async () => {
    const story = await openStory();

    const both = await Promise.all([story.start(asked('nightly')), story.start(asked('nightly'))]);
    const outcomes = await Promise.all(both.map((arn) => outputOf(story, arn)));

    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(await records(story)).toHaveLength(1);
    expect(story.world.sns.published).toHaveLength(1);
  });

  test('ends as the first did when that failed, and fails under the same name', async () => {
    const story = await openStory({ containers: { train: { exitCode: 1, message: 'no gradient' } } });

    const first = await story.start(asked('nightly'));
    await story.entered('Process the data');
    const second = await story.start(asked('nightly'));
    const release = await story.releasedAs(first);

    expect(release.outcome).toBe('FAILED');
    expect(await story.ended(second)).toMatchObject({
      status: 'FAILED',
      error: 'TrainingFailedError',
      cause: expect.stringContaining('no gradient'),
    });
  });
});

describe('an intent is free again', () => {
  test('when it failed', async () => {
    const story = await openStory({ containers: { train: { exitCode: 1, message: 'no gradient' } } });
    await story.start(asked('nightly'));
    expect((await story.released()).outcome).toBe('FAILED');

    story.play({ containers: {} });
    await story.start(asked('nightly'));

    expect((await story.released()).outcome).toBe('LIVE');
    expect(await records(story)).toHaveLength(2);
  });

  test('when its owner died and nobody has settled it', async () => {
    const story = await openStory({ event: ({ source }) => (source === 'aws.states' ? 'drop' : 'deliver') });
    const first = await story.start(asked('nightly'));
    await story.entered('Process the data');
    await story.abort(first);

    const second = await story.start(asked('nightly'));

    expect((await story.releasedAs(second)).outcome).toBe('LIVE');
    expect(await story.ledger('intent/flight-delay/intent/nightly')).toMatchObject([
      { owner: second, outcome: 'LIVE' },
    ]);
  });
});

describe('what is asked stands in an order', () => {
  test('going back to an earlier image is a new intent', async () => {
    const story = await openStory();
    const a = story.pushImage('a', 'other');
    const b = story.pushImage('b', 'other');

    const outcomes: string[] = [];
    for (const [digit, digest] of [
      ['1', a],
      ['2', b],
      ['3', a],
    ] as const) {
      await story.start(image(digit, new Date(story.world.clock.now()).toISOString(), digest));
      outcomes.push((await story.released()).outcome!);
    }

    expect(outcomes).toEqual(['LIVE', 'LIVE', 'LIVE']);
    expect(new Set((await records(story)).map(({ intent }) => intent)).size).toBe(3);
  });
});
