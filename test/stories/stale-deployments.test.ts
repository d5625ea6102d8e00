import {
  deploys,
  diesWhileShifting,
  ended,
  executionsOf,
  history,
  notices,
  openWithLive,
  request,
  rollsBack,
  setTurn,
  startDeploy,
  turnOf,
} from './support/rollbacks.ts';
import { ENDPOINT, type Story } from './support/story.ts';
import { test } from './support/test.ts';

describe('what a dead deployment left', () => {
  test('is brought to its end or back before the next release begins', async () => {
    const { story, live } = await openWithLive(1, { provisioning: { fleetSeconds: 900 } });
    const dead = await diesWhileShifting(story);

    const release = await story.liveRelease();

    expect(release.states('deploy')).toContain('Restore what served');
    const [restore] = executionsOf(story, 'rollback');
    expect(JSON.parse(restore!.output!)).toMatchObject({
      outcome: 'LIVE',
      from: dead,
      to: live[0]!.config,
      servedConfig: live[0]!.config,
    });
    expect(turnOf(story)).toMatchObject({ live: release.config });
    expect(turnOf(story)).not.toHaveProperty('shifting');
    // Nobody is told of it twice: the release tells its own end.
    expect(notices(story)).toEqual([]);
  });

  test('is deleted when it was a first deployment that failed', async () => {
    const { story } = await openWithLive(0, { fleet: () => ({ healthy: false }) });
    await diesWhileShifting(story);
    await story.pass({ hours: 2 });
    expect((await story.served())!.status).toBe('Failed');

    story.play({ fleet: () => ({}) });
    const [restore] = [
      await rollsBack(story, {
        ...request,
        from: turnOf(story).shifting,
        holds: { holder: turnOf(story).holder, fence: Number(turnOf(story).fence) },
      }),
    ];

    expect(restore!.answer).toMatchObject({ outcome: 'NOTHING_TO_DO', servedConfig: '' });
    await story.pass({ minutes: 1 });
    expect(await story.served()).toBeUndefined();
    expect(turnOf(story)).not.toHaveProperty('shifting');
  });
});

describe('a stale run', () => {
  test('that was training when somebody brought an earlier release back ends as superseded', async () => {
    const { story, live } = await openWithLive(2);
    await story.start({ pipeline: 'flight-delay', fresh: true });
    await story.pass({ minutes: 10 });

    await rollsBack(story, request);
    const before = await story.serving();
    const release = await story.released();

    expect(release).toMatchObject({
      outcome: 'SUPERSEDED',
      notice: { subject: 'Signalbox: flight-delay SUPERSEDED' },
    });
    expect(before.endpoint!.config).toBe(live[0]!.config);
    expect(await story.serving()).toEqual(before);
  });

  test('does not overwrite what was brought back after it had begun', async () => {
    const { story, live } = await openWithLive(2);
    const stale = new Date(story.world.clock.now()).toISOString();
    await story.pass({ minutes: 10 });
    await rollsBack(story, request);
    const before = await story.serving();

    const { answer } = await deploys(story, live[1]!, { rank: `${stale}#00000000`, name: 'stale-r0' });

    expect(answer).toMatchObject({ outcome: 'SUPERSEDED', servedConfig: live[0]!.config });
    expect(await story.serving()).toEqual(before);
  });

  test('does not overwrite a newer one that went live while its own alarms became quiet', async () => {
    const { story, live } = await openWithLive(2);
    const [first, second] = live;
    const rank = `${new Date(story.world.clock.now()).toISOString()}#00000000`;
    const arn = await startDeploy(story, second!, { rank, name: 'older-r0' });
    await story.world.clock.runUntil(() => executionsOf(story, 'deploy').at(-1)!.arn === arn, 60_000);
    // Somebody newer was quicker: as if this one had been taken for dead.
    await setTurn(story, 'SET liveRank = :rank, live = :live', {
      ':rank': { S: '2099-01-01T00:00:00.000Z#00000000' },
      ':live': { S: first!.config },
    });
    const { answer } = await ended(story, arn);

    expect(answer).toMatchObject({
      outcome: 'SUPERSEDED',
      reasons: [expect.stringContaining('is live on the endpoint')],
    });
    expect((await story.serving()).configs).toEqual([first!.config, second!.config].sort());
    expect(turnOf(story)).not.toHaveProperty('holder');
  });

  test('is fenced off when its turn was taken over', async () => {
    const { story, live } = await openWithLive(2);
    const before = await story.serving();
    const arn = await startDeploy(story, live[1]!, { name: 'fenced-r0' });
    await story.world.clock.runUntil(() => turnOf(story).holder !== undefined, 60_000);
    await setTurn(story, 'SET holder = :other, fence = fence + :one', {
      ':other': { S: 'somebody else' },
      ':one': { N: '1' },
    });

    const { answer } = await ended(story, arn);

    expect(answer).toMatchObject({ outcome: 'FAILED', failure: { Error: 'TurnLostError' } });
    expect(await story.serving()).toEqual(before);
    expect(turnOf(story)).toMatchObject({ holder: 'somebody else' });
  });
});

describe('deployments that meet at an endpoint', () => {
  const rankOf = (story: Story, minute: number) =>
    `${new Date(story.world.clock.now() + minute * 60_000).toISOString()}#00000000`;

  test('go one after the other when the newer comes second, each over what then serves', async () => {
    const { story, live } = await openWithLive(1, { provisioning: { fleetSeconds: 600 } });
    const [champion] = live;
    const deploy = { ...champion!.plan!.deploy, mode: 'update', champion: { configName: champion!.config } };

    const older = await startDeploy(story, champion!, { name: 'older-r0', rank: rankOf(story, 1), deploy });
    await story.pass({ minutes: 10 });
    const newer = await startDeploy(story, champion!, { name: 'newer-r0', rank: rankOf(story, 2), deploy });

    expect((await ended(story, older)).answer.outcome).toBe('LIVE');
    expect((await ended(story, newer)).answer.outcome).toBe('LIVE');
    expect(await story.served()).toMatchObject({ status: 'InService', config: 'newer-r0' });
    expect(turnOf(story)).toMatchObject({ live: 'newer-r0' });
    expect(turnOf(story)).not.toHaveProperty('holder');
    expect(executionsOf(story, 'watch').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['older-r0-watch', 'newer-r0-watch']),
    );
    // The watches of the others see that they have gone.
    await story.pass({ hours: 1 });
    expect(story.alarms()).toEqual(
      ['errors', 'latency'].map((key) => `signalbox-prod-release-newer-r0-${key}`),
    );
    expect(history(story)).toEqual(['newer-r0', 'older-r0', champion!.config]);
  });

  test('leave the older one out when it comes second', async () => {
    const { story, live } = await openWithLive(1, { provisioning: { fleetSeconds: 600 } });
    const [champion] = live;
    const older = rankOf(story, 1);

    const first = await startDeploy(story, champion!, { name: 'newer-r0', rank: rankOf(story, 2) });
    await story.pass({ minutes: 10 });
    const second = await startDeploy(story, champion!, { name: 'older-r0', rank: older });

    expect((await ended(story, second)).answer).toMatchObject({ outcome: 'SUPERSEDED' });
    expect((await ended(story, first)).answer.outcome).toBe('LIVE');
    expect((await story.serving()).configs).toEqual([champion!.config, 'newer-r0'].sort());
    expect(turnOf(story)).not.toHaveProperty('holder');
  });

  test('may both be planned before there was an endpoint', async () => {
    const { story, live } = await openWithLive(1, { provisioning: { fleetSeconds: 600 } });
    const { plan } = live[0]!;
    await story.ask('DeleteEndpoint', { EndpointName: ENDPOINT });
    await story.pass({ minutes: 1 });
    const deploy = { ...plan!.deploy, mode: 'create', champion: { configName: '' } };

    const first = await startDeploy(story, live[0]!, { name: 'one-r0', deploy });
    await story.pass({ minutes: 1 });
    const second = await startDeploy(story, live[0]!, { name: 'two-r0', deploy });

    expect((await ended(story, first)).answer.outcome).toBe('LIVE');
    expect((await ended(story, second)).answer.outcome).toBe('LIVE');
    expect(await story.served()).toMatchObject({ status: 'InService', config: 'two-r0', instances: 4 });
  });
});
