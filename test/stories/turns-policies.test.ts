import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import { ENDPOINT_TURN, PIPELINE_TURN, Turns } from './support/turns.ts';

type Policy = 'newest' | 'queue' | 'cancel';

/** Starts a release by hand, which makes it an intent of now. */
const start = (story: Story, policy: Policy, overrides: object = {}): Promise<string> =>
  story.start({ pipeline: 'flight-delay', overrides: { policy, ...overrides } });

/** Starts so many releases, a minute after each other, and tells in which order they ended, and how. */
async function contend(story: Story, policy: Policy, count: number): Promise<string[]> {
  const before = story.executions('release').length;
  for (let started = 0; started < count; started += 1) {
    await start(story, policy);
    await story.pass({ minutes: 1 });
  }
  await story.pass({ hours: 12 });
  return story
    .executions('release')
    .slice(before)
    .map(({ stopMs, output, status }, index) => ({
      stopMs: stopMs!,
      told: `${index + 1} ${output === undefined ? status : JSON.parse(output).outcome}`,
    }))
    .toSorted((one, other) => one.stopMs - other.stopMs)
    .map(({ told }) => told);
}

async function expectFree(turns: Turns): Promise<void> {
  for (const subject of [PIPELINE_TURN, ENDPOINT_TURN]) {
    const turn = await turns.turn(subject);
    for (const held of ['holder', 'next', 'waiters', 'shifting']) expect(turn).not.toHaveProperty(held);
  }
  expect(await turns.count('running')).toBe(0);
}

test('the newest of those who wait goes next, and the others are superseded', async () => {
  const story = await openStory();

  expect(await contend(story, 'newest', 4)).toEqual(['2 SUPERSEDED', '3 SUPERSEDED', '1 LIVE', '4 LIVE']);
  await expectFree(new Turns(story.world));
});

test('a queue lets all go, one after the other', async () => {
  const story = await openStory();
  await story.liveRelease();

  expect(await contend(story, 'queue', 4)).toEqual(['1 LIVE', '2 LIVE', '3 LIVE', '4 LIVE']);
  await expectFree(new Turns(story.world));
});

test('a newer release that cancels goes at once', async () => {
  const story = await openStory();

  expect(await contend(story, 'cancel', 3)).toEqual(['1 ABORTED', '2 ABORTED', '3 LIVE']);
  expect(story.world.sns.published.map(({ subject }) => subject)).toEqual([
    'Signalbox: flight-delay SUPERSEDED',
    'Signalbox: flight-delay SUPERSEDED',
    'Signalbox: flight-delay LIVE',
  ]);
  await expectFree(new Turns(story.world));
});

test('a newer release that cancels stops one that waits for its approval and holds nothing', async () => {
  const story = await openStory();
  await start(story, 'cancel', { register: { approval: 'manual' } });
  await story.pass({ hours: 5 });
  expect(story.executions('release')[0]!.status).toBe('RUNNING');

  await start(story, 'cancel');
  await story.pass({ hours: 5 });

  expect(story.executions('release').map(({ status }) => status)).toEqual(['ABORTED', 'SUCCEEDED']);
  expect((await story.released()).outcome).toBe('SUPERSEDED');
  await expectFree(new Turns(story.world));
});

test('a newer release that cancels spares one that has begun to shift', async () => {
  const story = await openStory();
  await story.liveRelease();
  await start(story, 'cancel');
  await story.world.clock.runUntil(() => story.called(/UpdateEndpoint$/).length > 0);

  await start(story, 'cancel');
  await story.pass({ hours: 5 });

  expect(await story.released()).toMatchObject({ outcome: 'LIVE' });
  expect(await story.released()).toMatchObject({ outcome: 'LIVE' });
  await expectFree(new Turns(story.world));
});
