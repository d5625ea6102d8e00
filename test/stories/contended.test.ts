import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

/** Three releases of a pipeline, each asked for a minute after the one before, while the first still trains. */
async function threeInARow(story: Story, overrides: object = {}) {
  const arns: string[] = [];
  for (let number = 1; number <= 3; number += 1) {
    arns.push(await story.start({ pipeline: 'flight-delay', fresh: true, overrides }));
    await story.pass({ minutes: 1 });
  }
  const outcomes: string[] = [];
  for (const arn of arns) outcomes.push((await story.releasedAs(arn)).outcome!);
  return { arns, outcomes };
}

async function expectNothingHeld(story: Story): Promise<void> {
  expect(await story.ledger('running')).toEqual([]);
  for (const turn of await story.ledger('turn')) {
    expect(turn).not.toHaveProperty('holder');
    expect(turn).not.toHaveProperty('next');
    expect(turn).not.toHaveProperty('waiters');
  }
}

describe('releases of a pipeline that are asked for at once', () => {
  test('train one after the other, and the newest passes those that wait', async () => {
    const story = await openStory();

    const { arns, outcomes } = await threeInARow(story);

    expect(outcomes).toEqual(['LIVE', 'SUPERSEDED', 'LIVE']);
    const [record] = (await story.ledger('pipeline/flight-delay')).filter(
      ({ executionArn }) => executionArn === arns[1],
    );
    expect(JSON.parse(record!.reasons as string)[0]).toMatch(/newer/);
    expect((await story.served())!.config).toContain((await story.releasedAs(arns[2]!)).id);
    await expectNothingHeld(story);
  });

  test('all go live in their order, when the pipeline wants a queue', async () => {
    const story = await openStory();

    const { arns, outcomes } = await threeInARow(story, { policy: 'queue' });

    expect(outcomes).toEqual(['LIVE', 'LIVE', 'LIVE']);
    const ends = arns.map((arn) => story.world.stepfunctions.execution(arn).stopMs!);
    expect(ends).toEqual([...ends].sort((one, other) => one - other));
    await expectNothingHeld(story);
  });

  test('end as SUPERSEDED and fail their executions, when those were to fail unless live', async () => {
    const story = await openStory();
    const first = await story.start({ pipeline: 'flight-delay' });
    await story.pass({ minutes: 1 });
    const second = await story.start({ pipeline: 'flight-delay', fresh: true, failUnlessLive: true });
    await story.pass({ minutes: 1 });
    const third = await story.start({ pipeline: 'flight-delay', fresh: true });

    expect(await story.ended(second)).toMatchObject({ status: 'FAILED', error: 'ReleaseSUPERSEDED' });
    expect((await story.ended(first)).status).toBe('SUCCEEDED');
    expect((await story.ended(third)).status).toBe('SUCCEEDED');
  });

  test('stop what is older and has not begun to shift, when the pipeline wants that', async () => {
    const story = await openStory();

    const { outcomes } = await threeInARow(story, { policy: 'cancel' });

    expect(outcomes).toEqual(['SUPERSEDED', 'SUPERSEDED', 'LIVE']);
    await expectNothingHeld(story);
  });
});
