import type { CallFault } from '../../local/faults/faults.ts';
import type { StoryOptions } from './support/story.ts';
import { openStory } from './support/story.ts';
import { test } from './support/test.ts';
import { ENDPOINT_TURN, PIPELINE_TURN, rank, Turns } from './support/turns.ts';

/** Executions end and nobody hears of it: what cleans up after them has stories of its own. */
async function openTurns(options: StoryOptions = {}): Promise<Turns> {
  const { world } = await openStory({ event: () => 'drop', ...options });
  return new Turns(world);
}

/** A turn that somebody holds, with the first intent of all. */
async function openHeldTurn(options?: StoryOptions): Promise<{ turns: Turns; holder: string }> {
  const turns = await openTurns(options);
  const holder = await turns.alive('release');
  await turns.putTurn({ holder, holderRank: rank(1), liveRank: rank(0), live: 'champion' });
  return { turns, holder };
}

const EXPECTED_LIVE = { liveRank: rank(0), live: 'champion' };

test('a turn that is passed on wakes whoever waits for it', async () => {
  const { turns, holder } = await openHeldTurn();
  const me = await turns.alive('release');

  const waiting = await turns.take({ me, rank: rank(2) });
  await turns.pause(60);
  expect(await turns.turn()).toMatchObject({ holder, next: me, nextRank: rank(2) });
  const passing = await turns.pass(holder);

  expect(await turns.answer(passing)).toEqual({ passed: true });
  expect(await turns.answer(waiting)).toEqual({ taken: true, fence: 2, shifting: '', live: 'champion' });
  expect(await turns.turn()).toEqual({ holder: me, holderRank: rank(2), fence: 2, ...EXPECTED_LIVE });
  expect(await turns.count(`turn/${PIPELINE_TURN}`)).toBe(0);
});

test('waiting for a turn costs eight transitions, and passing it on five', async () => {
  const { turns, holder } = await openHeldTurn();
  const waiting = await turns.take({ me: await turns.alive('release'), rank: rank(2) });
  await turns.pause(60);
  const passing = await turns.pass(holder);
  await turns.answer(waiting);

  expect(turns.states(waiting)).toEqual([
    'Listen for the turn',
    'How does it wait?',
    'Become the next',
    'Look at the holder',
    'Whose turn is it?',
    'Wait for the turn',
    'Take what was passed on',
    'Close the mailbox',
  ]);
  expect(turns.states(passing)).toHaveLength(5);
});

test('transitions grow with the logarithm of the wait', async () => {
  const cost = async (hours: number): Promise<number> => {
    const { turns, holder } = await openHeldTurn();
    const waiting = await turns.take({
      me: await turns.alive('release'),
      rank: rank(2),
      patienceSeconds: 3600,
      deadline: '2026-12-24T09:00:00Z',
    });
    await turns.pause(hours * 3600 + 60);
    await turns.pass(holder);
    await turns.answer(waiting);
    return turns.states(waiting).length;
  };

  const costs = [await cost(0.5), await cost(1), await cost(2), await cost(4), await cost(64)];

  // Four for each time that the wait has doubled.
  expect(costs).toEqual([8, 12, 16, 20, 36]);
});

test('the newest displaces whoever waits, who ends as superseded at once', async () => {
  const { turns, holder } = await openHeldTurn();
  const [older, newer] = [await turns.alive('release'), await turns.alive('release')];

  const displaced = await turns.take({ me: older, rank: rank(2) });
  await turns.pause(60);
  const waiting = await turns.take({ me: newer, rank: rank(3) });
  await turns.pause(60);

  expect(turns.execution(displaced).status).toBe('SUCCEEDED');
  expect(await turns.answer(displaced)).toMatchObject({ taken: false, outcome: 'SUPERSEDED' });
  expect(await turns.turn()).toMatchObject({ holder, next: newer, nextRank: rank(3) });
  await turns.pass(holder);
  expect(await turns.answer(waiting)).toMatchObject({ taken: true });
});

test('whoever is older than the one who waits is superseded', async () => {
  const { turns } = await openHeldTurn();
  await turns.take({ me: await turns.alive('release'), rank: rank(3) });
  await turns.pause(60);

  const late = await turns.take({ me: await turns.alive('release'), rank: rank(2) });

  expect(await turns.answer(late)).toMatchObject({ taken: false, outcome: 'SUPERSEDED' });
});

for (const [why, state, outcome] of [
  ['a newer release is live', { liveRank: rank(4) }, 'SUPERSEDED'],
  ['a newer release cancels older ones', { floorRank: rank(4) }, 'SUPERSEDED'],
  ['an earlier attempt of the same release is live', { liveRank: rank(2) }, 'LIVE'],
] as const) {
  test(`a free turn is not taken where ${why}`, async () => {
    const turns = await openTurns();
    await turns.putTurn(state);

    const late = await turns.take({ me: await turns.alive('release'), rank: rank(2) });

    expect(await turns.answer(late)).toMatchObject({ taken: false, outcome });
    expect(await turns.turn()).toEqual({ fence: 1, ...state });
  });
}

test('a turn that was let go meanwhile is taken, even one that nobody ever held', async () => {
  const turns = await openTurns();
  const me = await turns.alive('deploy');

  const taking = await turns.take({ me, rank: rank(2), subject: ENDPOINT_TURN });

  expect(await turns.answer(taking)).toEqual({ taken: true, fence: 1, shifting: '', live: '' });
  expect(await turns.turn(ENDPOINT_TURN)).toEqual({ holder: me, holderRank: rank(2), fence: 1 });
});

test('a queue keeps all who wait, and the lowest rank goes first', async () => {
  const { turns, holder } = await openHeldTurn();
  const line = new Map<string, string>();
  const waiting: string[] = [];
  for (const n of [4, 2, 3]) {
    const me = await turns.alive('release');
    line.set(me, rank(n));
    waiting.push(await turns.take({ me, rank: rank(n), policy: 'queue' }));
    await turns.pause(60);
  }

  const order: unknown[] = [];
  for (let current: unknown = holder; current !== undefined; current = (await turns.turn()).holder) {
    await turns.answer(await turns.pass(current as string));
    await turns.pause(60);
    order.push(line.get((await turns.turn()).holder as string));
  }

  expect(order).toEqual([rank(2), rank(3), rank(4), undefined]);
  for (const arn of waiting) expect(await turns.answer(arn)).toMatchObject({ taken: true });
});

for (const policy of ['newest', 'queue', 'cancel'] as const) {
  test(`a dead holder is taken over from, under the policy ${policy}`, async () => {
    const { turns, holder } = await openHeldTurn();
    await turns.putTurn({ holder, holderRank: rank(1), shifting: 'half-way', live: 'champion' });
    await turns.stop(holder);
    const me = await turns.alive('release');

    const waiting = await turns.take({ me, rank: rank(2), policy });
    await turns.pause(60);

    expect(await turns.answer(waiting)).toEqual({
      taken: true,
      fence: 2,
      shifting: 'half-way',
      live: 'champion',
    });
    expect(await turns.turn()).toMatchObject({ holder: me, holderRank: rank(2), fence: 2 });
  });
}

test('a holder that dies while somebody waits is found out when patience ends', async () => {
  const { turns, holder } = await openHeldTurn();
  const waiting = await turns.take({ me: await turns.alive('release'), rank: rank(2) });
  await turns.pause(60);

  await turns.stop(holder);
  await turns.pause(600);

  expect(await turns.answer(waiting)).toMatchObject({ taken: true });
});

test('a holder of whom Step Functions knows nothing any more is dead', async () => {
  const { turns, holder } = await openHeldTurn();
  await turns.putTurn({ holder: `${holder}-of-last-year`, holderRank: rank(1) });

  const waiting = await turns.take({ me: await turns.alive('release'), rank: rank(2) });

  expect(await turns.answer(waiting)).toMatchObject({ taken: true });
});

test('of a queue whose first is dead as well, the second takes over from a dead holder', async () => {
  const { turns, holder } = await openHeldTurn();
  const [second, third] = [await turns.alive('release'), await turns.alive('release')];
  await turns.putTurn({
    holder,
    holderRank: rank(1),
    waiters: [`${rank(2)} ${second}`],
    next: 'arn:aws:states:eu-west-1:123456789012:execution:signalbox-prod-release:gone',
    nextRank: rank(1),
  });
  for (const dead of [holder, second]) await turns.stop(dead);

  const waiting = await turns.take({ me: third, rank: rank(3), policy: 'queue' });

  expect(await turns.answer(waiting)).toMatchObject({ taken: true });
  expect(await turns.turn()).toEqual({ holder: third, holderRank: rank(3), fence: 2 });
});

test('the second of a queue leaves the dead holder to the first', async () => {
  const { turns, holder } = await openHeldTurn();
  const [first, second] = [await turns.alive('release'), await turns.alive('release')];
  await turns.putTurn({ holder, holderRank: rank(1), waiters: [`${rank(2)} ${first}`] });
  await turns.stop(holder);

  const waiting = await turns.take({ me: second, rank: rank(3), policy: 'queue' });
  await turns.pause(60);

  expect(turns.execution(waiting).status).toBe('RUNNING');
  expect((await turns.turn()).holder).toBe(holder);
});

test('deployments, rollbacks and settlements take turns at an endpoint', async () => {
  const turns = await openTurns();
  let holder = await turns.alive('settle');
  await turns.putTurn({ holder, holderRank: rank(1) }, ENDPOINT_TURN);

  for (const [n, machine] of (['deploy', 'rollback', 'deploy'] as const).entries()) {
    const me = await turns.alive(machine);
    const waiting = await turns.take({ me, rank: rank(n + 2), subject: ENDPOINT_TURN });
    await turns.pause(60);
    expect(await turns.turn(ENDPOINT_TURN)).toMatchObject({ holder, next: me });
    await turns.pass(holder, ENDPOINT_TURN);
    expect(await turns.answer(waiting)).toMatchObject({ taken: true });
    holder = me;
  }
});

test('a dead attempt of the same intent that waits is no rival', async () => {
  const { turns, holder } = await openHeldTurn();
  const [earlier, me] = [await turns.alive('release'), await turns.alive('release')];
  await turns.putTurn({ holder, holderRank: rank(1), next: earlier, nextRank: rank(2) });
  await turns.stop(earlier);

  await turns.take({ me, rank: rank(2) });
  await turns.pause(60);

  expect(await turns.turn()).toMatchObject({ holder, next: me });
});

for (const policy of ['newest', 'queue'] as const) {
  test(`whoever waits in vain leaves the line at the deadline, under the policy ${policy}`, async () => {
    const { turns, holder } = await openHeldTurn();
    const waiting = await turns.take({
      me: await turns.alive('release'),
      rank: rank(2),
      policy,
      deadline: '2026-03-02T12:00:00Z',
    });

    const answer = await turns.answer(waiting);

    expect(answer).toMatchObject({ taken: false, outcome: 'TIMED_OUT' });
    expect(answer.reason).toContain(holder);
    expect(new Date(turns.execution(waiting).stopMs!).toISOString()).toMatch(/^2026-03-02T12:00/);
    expect(await turns.turn()).toEqual({ holder, holderRank: rank(1), fence: 1, ...EXPECTED_LIVE });
    expect(await turns.count(`turn/${PIPELINE_TURN}`)).toBe(0);
  });
}

test('a word that gets lost costs one time-out', async () => {
  const lost: CallFault = {
    service: 'dynamodb',
    operation: 'Query',
    by: '*Wake*',
    kind: 'error',
    code: 'ValidationException',
  };
  const { turns, holder } = await openHeldTurn({ faults: [lost] });
  const waiting = await turns.take({ me: await turns.alive('release'), rank: rank(2) });
  await turns.pause(60);

  await turns.answer(await turns.pass(holder));
  await turns.pause(60);
  expect(turns.execution(waiting).status).toBe('RUNNING');
  await turns.pause(600);

  expect(await turns.answer(waiting)).toMatchObject({ taken: true });
});

test('passing on strikes the dead from the line', async () => {
  const { turns, holder } = await openHeldTurn();
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => turns.alive('release')));
  await turns.putTurn({
    holder,
    holderRank: rank(1),
    next: second!,
    nextRank: rank(3),
    waiters: [`${rank(2)} ${first}`, `${rank(4)} ${third}`],
  });
  for (const dead of [first!, second!]) await turns.stop(dead);

  const passing = await turns.pass(holder);

  expect(await turns.answer(passing)).toEqual({ passed: true });
  expect(await turns.turn()).toEqual({ holder: third, holderRank: rank(4), fence: 2 });
});

test('whoever passes a turn on that is not its own only leaves the line', async () => {
  const { turns, holder } = await openHeldTurn();
  const [next, waiter, stranger] = await Promise.all([1, 2, 3].map(() => turns.alive('release')));
  const held = { holder, holderRank: rank(1), fence: 1 };
  await turns.putTurn({ ...held, next: next!, nextRank: rank(3), waiters: [`${rank(2)} ${waiter}`] });

  for (const who of [next!, waiter!, stranger!]) {
    expect(await turns.answer(await turns.pass(who))).toEqual({ passed: false });
  }

  expect(await turns.turn()).toEqual(held);
});

test('a turn that nobody waits for is free after it', async () => {
  const { turns, holder } = await openHeldTurn();

  expect(await turns.answer(await turns.pass(holder))).toEqual({ passed: true });

  expect(await turns.turn()).toEqual({ fence: 1, ...EXPECTED_LIVE });
});

const writes = [
  ...[1, 2].map((call) => ['PutItem', call] as const),
  ...[1, 2, 3, 4, 5].map((call) => ['UpdateItem', call] as const),
  ['DeleteItem', 1] as const,
];
for (const kind of ['lose-answer', 'twice'] as const) {
  for (const policy of ['newest', 'queue'] as const) {
    test(`any write may ${kind === 'twice' ? 'happen twice' : 'lose its answer'}, under the policy ${policy}`, async () => {
      for (const [operation, call] of writes) {
        const { turns, holder } = await openHeldTurn({
          faults: [{ service: 'dynamodb', operation, call, kind }],
        });
        const me = await turns.alive('release');

        const waiting = await turns.take({ me, rank: rank(2), policy });
        await turns.pause(300);
        await turns.answer(await turns.pass(holder));

        expect(await turns.answer(waiting)).toMatchObject({ taken: true });
        expect((await turns.turn()).holder).toBe(me);
      }
    });
  }
}

test('a newer release that cancels stops older ones, though not those that shift, and takes their turn', async () => {
  const { turns, holder } = await openHeldTurn();
  const [approved, shifting, other, me] = await Promise.all([1, 2, 3, 4].map(() => turns.alive('release')));
  const running = async (arn: string, release: string, n: number, pipeline = 'flight-delay') => {
    await turns.put({ pk: 'running', sk: arn, pipeline, release });
    await turns.put({
      pk: `pipeline/${pipeline}`,
      sk: `release/${release}`,
      outcome: 'RUNNING',
      rank: rank(n),
    });
  };
  await running(holder, 'flight-delay-1', 1);
  await running(approved!, 'flight-delay-2', 2);
  await running(shifting!, 'flight-delay-3', 3);
  await running(other!, 'other-1', 1, 'other');
  await running(me!, 'flight-delay-5', 5);
  const newer = await turns.alive('release');
  await running(newer, 'flight-delay-6', 6);
  await turns.putTurn({ holder: 'a-deployment', shifting: 'flight-delay-3-r0' }, ENDPOINT_TURN);

  const waiting = await turns.take({ me: me!, rank: rank(5), policy: 'cancel', endpoint: 'flight-delay' });

  expect(await turns.answer(waiting)).toMatchObject({ taken: true });
  for (const stopped of [holder, approved!]) {
    expect(turns.execution(stopped)).toMatchObject({ status: 'ABORTED', error: 'Superseded' });
  }
  for (const spared of [shifting!, other!, me!, newer]) {
    expect(turns.execution(spared).status).toBe('RUNNING');
  }
  expect(await turns.turn()).toMatchObject({ holder: me, floorRank: rank(5) });
  expect(await turns.turn(ENDPOINT_TURN)).toMatchObject({ floorRank: rank(5), holder: 'a-deployment' });
});
