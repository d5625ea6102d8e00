import { openStory } from './support/story.ts';
import { test } from './support/test.ts';

const worse = { challenger: { auc: 0.55, logLoss: 0.6 }, champion: { auc: 0.7, logLoss: 0.4 } };

const reasons = [
  'auc 0.55 is below the floor of 0.6',
  "auc 0.55 is 0.15 below the champion's 0.7; 0.01 is allowed",
  'logLoss 0.6 is above the ceiling of 0.5',
];

describe('a challenger that loses', () => {
  test('is rejected with each reason, and nothing that serves is touched', async () => {
    const story = await openStory();
    await story.liveRelease();
    const before = await story.serving();

    story.play({ metrics: worse });
    story.upload('spoiled.json');
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'REJECTED',
      reasons,
      detail: { verdict: { passed: false, challenger: { metrics: worse.challenger } } },
      execution: { status: 'SUCCEEDED' },
      notice: { subject: 'Signalbox: flight-delay REJECTED' },
    });
    for (const reason of reasons) expect(release.notice.message).toContain(`- ${reason}`);
    expect(story.lastState('release')).toBe('Release was rejected');
    expect(release.states('deploy')).toEqual([]);
    expect(await story.serving()).toEqual(before);
    expect(story.called(/CreateModelPackage$/)).toHaveLength(1);
  });

  test('is rejected on its first release as well, where only the floors can speak', async () => {
    const story = await openStory({ metrics: worse });

    story.upload('spoiled.json');
    const release = await story.released();

    expect(release).toMatchObject({ outcome: 'REJECTED', reasons: [reasons[0], reasons[2]] });
    expect(await story.serving()).toEqual({ endpoint: undefined, configs: [], models: [], alarms: [] });
  });

  test('fails the execution when the request wants nothing but live', async () => {
    const story = await openStory({ metrics: worse });

    await story.start({ pipeline: 'flight-delay', failUnlessLive: true });
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'REJECTED',
      execution: { status: 'FAILED', error: 'ReleaseREJECTED', cause: expect.stringContaining(reasons[0]!) },
      notice: { subject: 'Signalbox: flight-delay REJECTED' },
    });
  });

  test('leaves the way free for a better one', async () => {
    const story = await openStory({ metrics: worse });
    story.upload('spoiled.json');
    await story.released();

    story.play({ metrics: { challenger: { auc: 0.7, logLoss: 0.4 }, champion: {} } });

    await story.liveRelease();
  });
});
