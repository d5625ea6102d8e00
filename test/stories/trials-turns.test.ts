import { executionsOf, openWithLive, setTurn, startMachine, turnOf } from './support/rollbacks.ts';
import type { Story } from './support/story.ts';
import { test } from './support/test.ts';
import {
  asShadow,
  byWeights,
  expectChampionAsBefore,
  expectTurnFree,
  openTrial,
  startTrial,
  statesOf,
  trying,
  variantsOf,
  watchesStep,
} from './support/trials.ts';

const acts = (story: Story): string[] => story.called(/^UpdateEndpoint(WeightsAndCapacities)?$/);

describe('a trial that was stopped in the middle', () => {
  test('is taken back before the next release begins', async () => {
    // Nobody hears that it was stopped: the next release finds what it left.
    const { story, live } = await openWithLive(1);
    const arn = await startTrial(story, { shift: byWeights });
    await watchesStep(story, 2);
    const trial = (await story.served())!.config;
    await story.abort(arn);
    await story.abort(executionsOf(story, 'deploy').at(-1)!.arn);
    await story.pass({ minutes: 5 });
    expect(await variantsOf(story)).toEqual({ main: 50, challenger: 50 });

    const release = await story.liveRelease();

    expect(trial).toMatch(/-trial$/);
    expect(release.states('deploy')).toContain('Restore what served');
    const restore = executionsOf(story, 'rollback').at(-1)!;
    expect(JSON.parse(restore.output!)).toMatchObject({ outcome: 'LIVE', servedConfig: live[0]!.config });
    expect(await variantsOf(story)).toEqual({ main: 1 });
    expectTurnFree(story);
  });

  test('is taken back by itself when somebody hears of it', async () => {
    const { story, champion, arn } = await openTrial();
    await watchesStep(story, 2);
    await story.abort(arn);

    await story.pass({ hours: 2 });

    expect(await story.served()).toMatchObject({ status: 'InService', config: champion.config });
    expect(await variantsOf(story)).toEqual({ main: 1 });
    expectTurnFree(story);
  });

  for (const [machine, shift, state] of [
    ['weights', byWeights, 'Let the alarms watch'],
    ['shadow', asShadow, 'Let it answer copies'],
    ['trial', byWeights, 'Wait for the endpoint'],
  ] as const) {
    test(`by itself, is taken back by the deployment that began it: ${machine}`, async () => {
      const { story, champion, arn } = await openTrial({ shift });
      await story.entered(state, machine);
      await story.pass({ minutes: 1 });
      await story.abort(executionsOf(story, machine).at(-1)!.arn);

      const release = await story.releasedAs(arn);

      expect(release.outcome).not.toBe('LIVE');
      await story.pass({ hours: 1 });
      expect(await story.served()).toMatchObject({ status: 'InService', config: champion.config });
      expect(await variantsOf(story)).toEqual({ main: 1 });
      expectTurnFree(story);
    });
  }

  test('and redriven at once does nothing more to the endpoint by what it remembers', async () => {
    const { story, champion, arn } = await openTrial();
    await watchesStep(story, 1);
    const weights = trying(story)!.arn;
    await story.abort(arn);
    await story.pass({ minutes: 1 });
    const before = statesOf(trying(story)).filter((name) => name === 'Change the weights').length;

    await story.redrive(arn);
    await story.ended(arn);
    await story.pass({ hours: 3 });

    const redriven = story.world.stepfunctions.execution(weights);
    const after = statesOf(redriven).filter((name) => name === 'Change the weights').length;
    expect(after).toBe(before);
    const served = (await story.served())!;
    expect(served.status).toBe('InService');
    expect(served.config).not.toMatch(/-trial$/);
    expect(await variantsOf(story)).toEqual({ main: 1 });
    const [newest] = (await story.ledger('pipeline/flight-delay')).slice(-1);
    if (newest!.outcome !== 'LIVE') expect(served.config).toBe(champion.config);
    expectTurnFree(story);
  });
});

describe('a trial that somebody starts again', () => {
  test('after it was taken back touches nothing', async () => {
    const { story, champion, arn } = await openTrial();
    await watchesStep(story, 1);
    const weights = trying(story)!.arn;
    await story.abort(weights);
    await story.releasedAs(arn);
    const before = acts(story).length;

    await story.redrive(weights);
    const { status, output } = await story.ended(weights);

    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output!)).toMatchObject({ outcome: 'UNCLEAR' });
    expect(acts(story).slice(before)).toEqual([]);
    expect(await story.served()).toMatchObject({ status: 'InService', config: champion.config });
  });

  for (const [machine, act, state] of [
    ['weights', '', 'Let the alarms watch'],
    ['trial', 'enter', 'Wait until the alarms are quiet'],
  ] as const) {
    test(`does not act by what it remembers, even while the turn is its deployment’s: ${machine}`, async () => {
      const { story, live } = await openWithLive(1);
      const { config, plan } = live[0]!;
      const steps = [{ percent: 100, seconds: 600 }];
      const deploy = { ...plan!.deploy, trial: { kind: 'weights', instanceCount: 1, steps } };
      await setTurn(story, 'SET holder = :me, fence = :fence, shifting = :name', {
        ':me': { S: 'a deployment' },
        ':fence': { N: '7' },
        ':name': { S: config },
      });
      const arn = await startMachine(story, machine === 'weights' ? 'WeightsMachine' : 'TrialMachine', {
        ...{ act, kind: 'weights', name: config, champion: config, deploy },
        holds: { holder: 'a deployment', fence: 7 },
        rank: '2099-01-01T00:00:00.000Z#00000000',
      });
      await story.entered(state, machine);
      await story.abort(arn);
      const before = acts(story).length;

      await story.redrive(arn);
      const { output } = await story.ended(arn);

      expect(JSON.parse(output!)).toMatchObject({
        outcome: 'UNCLEAR',
        failure: { Error: 'StartedAgainError' },
      });
      expect(acts(story).slice(before)).toEqual([]);
    });
  }
});

describe('a trial whose turn is another’s', () => {
  test('changes nothing more', async () => {
    const { story, live } = await openWithLive(1);
    const arn = await startTrial(story, { shift: byWeights });
    await watchesStep(story, 1);
    await setTurn(story, 'SET holder = :other, fence = fence + :one', {
      ':other': { S: 'somebody else' },
      ':one': { N: '1' },
    });
    const before = acts(story).length;

    const release = await story.releasedAs(arn);

    expect(acts(story).slice(before)).toEqual([]);
    expect(release.outcome).not.toBe('LIVE');
    expect(JSON.parse(trying(story)!.output!)).toMatchObject({
      outcome: 'SUPERSEDED',
      servedConfig: `${release.config}-trial`,
      reasons: expect.arrayContaining([expect.stringContaining('was taken over')]),
    });
    expect(turnOf(story)).toMatchObject({ holder: 'somebody else', shifting: release.config });
    expect(live).toHaveLength(1);
  });

  test('does not begin when a newer intent goes first', async () => {
    const { story, champion, arn } = await openTrial();
    await story.entered('Wait until the alarms are quiet', 'trial');
    await setTurn(story, 'SET floorRank = :rank', { ':rank': { S: '2099-01-01T00:00:00.000Z#00000000' } });
    const before = acts(story).length;

    const release = await story.releasedAs(arn);

    expect(release.outcome).toBe('SUPERSEDED');
    expect(acts(story).slice(before)).toEqual([]);
    await expectChampionAsBefore(story, champion.config);
  });

  test('is taken back when a newer intent goes first', async () => {
    const { story, champion, arn } = await openTrial();
    await watchesStep(story, 1);
    await setTurn(story, 'SET floorRank = :rank', { ':rank': { S: '2099-01-01T00:00:00.000Z#00000000' } });

    const release = await story.releasedAs(arn);

    expect(release.outcome).toBe('SUPERSEDED');
    await expectChampionAsBefore(story, champion.config);
  });
});
