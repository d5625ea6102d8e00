import { openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';
import { ENDPOINT_TURN, PIPELINE_TURN, rank, Turns } from './support/turns.ts';

// Executions that only live or are dead, and a ledger written by hand. The releases' own stories are in settle-releases.test.ts.

async function openTurns(options: StoryOptions = {}): Promise<{ story: Story; turns: Turns }> {
  const story = await openStory(options);
  return { story, turns: new Turns(story.world) };
}

const RELEASE = {
  id: 'flight-delay-1',
  pipeline: 'flight-delay',
  trigger: { kind: 'manual' },
  startedAt: '2026-03-02T09:00:00.000Z',
  failUnlessLive: false,
};
const INTENT = 'flight-delay/manual/1';

/** A release as the ledger knows it while it runs. */
async function putRunning(turns: Turns, executionArn: string, owner = executionArn): Promise<void> {
  const { id, pipeline, startedAt } = RELEASE;
  const keys = { intent: INTENT, rank: rank(1) };
  const release = JSON.stringify({ ...RELEASE, ...keys, executionArn });
  const plan = JSON.stringify({ deploy: { endpoint: 'flight-delay' } });
  const record = { outcome: 'RUNNING', executionArn, release, plan, startedAt, ...keys };
  await turns.put({ pk: `pipeline/${pipeline}`, sk: `release/${id}`, ...record });
  await turns.put({ pk: 'running', sk: executionArn, pipeline, release: id, intent: INTENT, startedAt });
  await turns.put({ pk: `intent/${INTENT}`, sk: 'intent', owner, outcome: 'RUNNING' });
}

/** Step Functions tells as best it can. */
const loseEndings: StoryOptions['event'] = ({ source }) => (source === 'aws.states' ? 'drop' : 'deliver');

const outcomeOf = async (turns: Turns) => {
  const record = await turns.item('pipeline/flight-delay', 'release/flight-delay-1');
  return record!.outcome === 'RUNNING' ? undefined : JSON.parse(record!.detail as string);
};

const subjects = ({ world }: Story) => world.sns.published.map(({ subject }) => subject);

test('a release that somebody stops gets an outcome, and lets go of what it held', async () => {
  const { story, turns } = await openTurns();
  const arn = await turns.alive('release');
  await putRunning(turns, arn);
  await turns.putTurn({ holder: arn, holderRank: rank(1) });

  await turns.stop(arn, 'Stopped', 'by hand');
  await story.pass({ minutes: 5 });

  expect(await outcomeOf(turns)).toMatchObject({
    outcome: 'FAILED',
    failure: {
      error: 'ReleaseAbortedError',
      cause: 'The execution was stopped: Stopped: by hand',
      state: 'Sleep',
    },
  });
  expect(await turns.count('running')).toBe(0);
  expect(await turns.item(`intent/${INTENT}`, 'intent')).toMatchObject({ outcome: 'FAILED' });
  expect(await turns.turn()).toEqual({ fence: 2 });
  expect(subjects(story)).toEqual(['Signalbox: flight-delay FAILED']);
});

for (const [ending, error] of [
  ['TIMED_OUT', 'ReleaseTimedOutError'],
  ['FAILED', 'ReleaseFailedError'],
] as const) {
  test(`a release that ended as ${ending} without a word gets an outcome`, async () => {
    const { story, turns } = await openTurns();
    await putRunning(turns, await turns.alive('release', {}, ending));

    await story.pass({ minutes: 5 });

    expect(await outcomeOf(turns)).toMatchObject({ outcome: 'FAILED', failure: { error } });
    expect(subjects(story)).toEqual(['Signalbox: flight-delay FAILED']);
  });
}

test('a release that a newer one stopped is superseded', async () => {
  const { story, turns } = await openTurns();
  const arn = await turns.alive('release');
  await putRunning(turns, arn);

  await turns.stop(arn, 'Superseded', 'A newer release cancels older ones.');
  await story.pass({ minutes: 5 });

  expect(await outcomeOf(turns)).toMatchObject({ outcome: 'SUPERSEDED' });
  expect(await turns.item(`intent/${INTENT}`, 'intent')).toMatchObject({ outcome: 'SUPERSEDED' });
});

test('a release that was proven live was live, whatever ended it and whoever is live by now', async () => {
  const { story, turns } = await openTurns();
  const arn = await turns.alive('release');
  await putRunning(turns, arn);
  await turns.put({ pk: 'live/flight-delay', sk: rank(1), config: 'flight-delay-1-r0' });
  await turns.putTurn({ liveRank: rank(2), live: 'flight-delay-2-r0' }, ENDPOINT_TURN);

  await turns.stop(arn);
  await story.pass({ minutes: 5 });

  expect(await outcomeOf(turns)).toMatchObject({
    outcome: 'LIVE',
    endpoint: { name: 'flight-delay', servedConfig: 'flight-delay-1-r0' },
  });
});

test('what another execution has claimed meanwhile stays its own', async () => {
  const { story, turns } = await openTurns();
  const arn = await turns.alive('release');
  const owner = await turns.alive('release');
  await putRunning(turns, arn, owner);

  await turns.stop(arn);
  await story.pass({ minutes: 5 });

  expect(await outcomeOf(turns)).toMatchObject({ outcome: 'FAILED' });
  expect(await turns.item(`intent/${INTENT}`, 'intent')).toEqual({ owner, outcome: 'RUNNING' });
  expect(await turns.count('running')).toBe(0);
});

test('an execution that failed in its own words costs four transitions', async () => {
  const { story, turns } = await openTurns();
  await story.start({ pipeline: 'unknown' });
  await story.released();
  await story.pass({ minutes: 5 });

  const [settle] = turns.executions('settle');
  expect(turns.states(settle!.arn)).toHaveLength(4);
  expect(turns.states(settle!.arn).at(-1)).toBe('Nothing to settle');
});

test('events that come twice settle once', async () => {
  const { story, turns } = await openTurns({ event: () => 'double' });
  const arn = await turns.alive('release');
  await putRunning(turns, arn);
  await turns.putTurn({ holder: arn, holderRank: rank(1) });

  await turns.stop(arn);
  await story.pass({ minutes: 5 });

  expect(turns.executions('settle').map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(await outcomeOf(turns)).toMatchObject({ outcome: 'FAILED' });
  expect(await turns.turn()).toEqual({ fence: 2 });
  expect(subjects(story)).toHaveLength(1);
});

test('what was started again where it stopped is left alone', async () => {
  const { story, turns } = await openTurns({ event: () => 60 });
  const arn = await turns.alive('release');
  await putRunning(turns, arn);
  await turns.putTurn({ holder: arn, holderRank: rank(1) });

  await turns.stop(arn);
  await turns.pause(30);
  await turns.redrive(arn);
  await story.pass({ minutes: 5 });

  expect(turns.states(turns.executions('settle')[0]!.arn).at(-1)).toBe('It runs again');
  expect(await outcomeOf(turns)).toBeUndefined();
  expect(await turns.turn()).toEqual({ holder: arn, holderRank: rank(1), fence: 1 });
});

test('a lost event costs at most an hour', async () => {
  const { story, turns } = await openTurns({ event: loseEndings });
  const [arn, next, waiter] = [
    await turns.alive('release'),
    await turns.alive('release'),
    await turns.alive('release'),
  ];
  await putRunning(turns, arn);
  await turns.putTurn({
    holder: arn,
    holderRank: rank(1),
    next,
    nextRank: rank(2),
    waiters: [`${rank(3)} ${waiter}`],
  });

  for (const dead of [arn, next, waiter]) await turns.stop(dead);
  await story.pass({ hours: 1, minutes: 5 });

  expect(await outcomeOf(turns)).toMatchObject({ outcome: 'FAILED' });
  expect(await turns.turn()).not.toHaveProperty('holder');
  expect(await turns.turn()).not.toHaveProperty('next');
  expect(await turns.turn()).not.toHaveProperty('waiters');
  expect(await turns.count('running')).toBe(0);
});

test('an hourly look at nothing costs seven transitions', async () => {
  const { story, turns } = await openTurns();

  await story.pass({ hours: 1, minutes: 5 });

  expect(turns.states(turns.executions('settle')[0]!.arn)).toHaveLength(7);
});

test('a release that ended well and could not say so is believed', async () => {
  const { story, turns } = await openTurns();
  const arn = await turns.alive(
    'release',
    {
      schemaVersion: 1,
      outcome: 'REJECTED',
      reasons: ['auc 0.5 is below 0.6'],
      release: RELEASE,
      endedAt: RELEASE.startedAt,
    },
    'SUCCEEDED',
  );
  await putRunning(turns, arn);

  await story.pass({ hours: 1, minutes: 5 });

  expect(await outcomeOf(turns)).toMatchObject({ outcome: 'REJECTED', reasons: ['auc 0.5 is below 0.6'] });
  expect(subjects(story)).toEqual(['Signalbox: pipeline/flight-delay REJECTED']);
});

test('a caller that dies while its turn is waited for leaves the line', async () => {
  const { story, turns } = await openTurns();
  const [holder, caller] = [await turns.alive('release'), await turns.alive('release')];
  await turns.putTurn({ holder, holderRank: rank(1) });
  const waiting = await turns.take({ me: caller, rank: rank(2) });
  await turns.pause(60);
  expect((await turns.turn()).next).toBe(caller);

  // As Step Functions stops the child with its caller, at its best.
  for (const arn of [caller, waiting]) await turns.stop(arn);
  await story.pass({ minutes: 5 });

  expect(await turns.turn()).toEqual({ holder, holderRank: rank(1), fence: 1 });
});

test('the turn of a dead holder goes to whoever waits', async () => {
  const { story, turns } = await openTurns();
  const [holder, caller] = [await turns.alive('release'), await turns.alive('release')];
  await turns.putTurn({ holder, holderRank: rank(1) });
  const waiting = await turns.take({ me: caller, rank: rank(2), patienceSeconds: 36_000 });
  await turns.pause(60);

  await turns.stop(holder);
  await story.pass({ minutes: 5 });

  expect(await turns.answer(waiting)).toMatchObject({ taken: true });
  expect(await turns.turn(PIPELINE_TURN)).toMatchObject({ holder: caller, holderRank: rank(2) });
});

test('a turn is found among more than DynamoDB reads at a time', async () => {
  const { story, turns } = await openTurns();
  const arn = await turns.alive('release');
  await turns.putTurn({ holder: arn, holderRank: rank(1) });
  for (let n = 0; n < 9; n += 1) {
    await turns.putTurn({ live: 'x'.repeat(250_000) }, `package/${n}`);
  }

  await turns.stop(arn);
  await story.pass({ minutes: 5 });

  expect(await turns.turn()).toEqual({ fence: 2 });
});

test('a settlement that failed is made good within the hour', async () => {
  const { story, turns } = await openTurns({
    faults: [
      {
        service: 'dynamodb',
        operation: 'Query',
        by: '*SettleMachineRole*',
        kind: 'throttle',
        call: 1,
        times: 9,
      },
    ],
  });
  const arn = await turns.alive('release');
  await putRunning(turns, arn);

  await turns.stop(arn);
  await story.pass({ minutes: 30 });
  expect(turns.executions('settle').map(({ status }) => status)).toEqual(['FAILED']);
  await story.pass({ hours: 1 });

  expect(await outcomeOf(turns)).toMatchObject({ outcome: 'FAILED' });
});

test('every write of a settlement may lose its answer', async () => {
  const writes = [
    ...[1, 2].map((call) => ['UpdateItem', call] as const),
    ...[1].map((call) => ['TransactWriteItems', call] as const),
  ];
  for (const [operation, call] of writes) {
    const { story, turns } = await openTurns({
      faults: [{ service: 'dynamodb', operation, call, kind: 'lose-answer' }],
    });
    const arn = await turns.alive('release');
    await putRunning(turns, arn);
    await turns.putTurn({ holder: arn, holderRank: rank(1) });

    await turns.stop(arn);
    await story.pass({ minutes: 15 });

    expect(await outcomeOf(turns)).toMatchObject({ outcome: 'FAILED' });
    expect(await turns.turn()).not.toHaveProperty('holder');
    expect(await turns.count('running')).toBe(0);
  }
});
