import type { Call } from '../../local/door.ts';
import { openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';
import { ENDPOINT_TURN, PIPELINE_TURN, Turns } from './support/turns.ts';

/** When somebody stops the release, and in which state its outcome says so. */
interface Stage {
  readonly name: string;
  readonly state: string;
  /** The call after which it is stopped … */
  readonly at: (call: Call) => boolean;
  /** … when it has happened so many times … */
  readonly times?: number;
  /** … and so much later. */
  readonly minutes?: number;
}

const calls =
  (operation: string, role = ''): Stage['at'] =>
  (call) =>
    call.operation === operation && call.caller.arn.includes(role);

const STAGES: readonly Stage[] = [
  { name: 'while it processes', state: 'Process the data', at: calls('CreateProcessingJob'), minutes: 2 },
  { name: 'while it trains', state: 'Train the challenger', at: calls('CreateTrainingJob'), minutes: 2 },
  {
    name: 'while it evaluates',
    state: 'Evaluate the candidate',
    at: calls('CreateProcessingJob'),
    times: 2,
    minutes: 2,
  },
  { name: 'before the shift', state: 'Deploy the challenger', at: calls('PutMetricAlarm') },
  { name: 'at the shift', state: 'Deploy the challenger', at: calls('UpdateEndpoint') },
  {
    name: 'in the middle of the shift',
    state: 'Deploy the challenger',
    at: calls('UpdateEndpoint'),
    minutes: 8,
  },
];

/** Lets time pass until the stage, and stops the release there by hand. */
async function stopAt({ at, times = 1, minutes = 0 }: Stage, story: Story, turns: Turns): Promise<void> {
  const before = story.calls.length;
  await story.world.clock.runUntil(() => story.calls.slice(before).filter(at).length >= times);
  await story.pass({ minutes });
  await turns.stop(turns.executions('release').at(-1)!.arn, 'Stopped', 'by hand');
}

/** Nobody holds anything, and nothing waits. */
async function expectNothingHeld(turns: Turns): Promise<void> {
  for (const subject of [PIPELINE_TURN, ENDPOINT_TURN]) {
    const turn = await turns.turn(subject);
    for (const held of ['holder', 'next', 'waiters', 'shifting']) expect(turn).not.toHaveProperty(held);
  }
  expect(await turns.count('running')).toBe(0);
}

/** Step Functions tells as best it can. */
const loseEndings: StoryOptions['event'] = ({ source }) => (source === 'aws.states' ? 'drop' : 'deliver');

for (const stage of STAGES) {
  test(`a release that is stopped ${stage.name} leaves nothing behind, and can be asked for again`, async () => {
    const story = await openStory();
    const turns = new Turns(story.world);
    await story.liveRelease();
    const before = await story.serving();

    story.upload('next.json');
    await stopAt(stage, story, turns);
    await story.pass({ hours: 1 });

    const stopped = await story.released();
    expect(stopped).toMatchObject({
      outcome: 'FAILED',
      detail: { failure: { error: 'ReleaseAbortedError', state: stage.state } },
    });
    expect(await story.serving()).toMatchObject({
      ...before,
      endpoint: { ...before.endpoint, modifiedAt: expect.any(String) },
    });
    await expectNothingHeld(turns);

    await story.start(JSON.parse(stopped.execution.input));
    expect(await story.released()).toMatchObject({ outcome: 'LIVE' });
    await expectNothingHeld(turns);
  });
}

test('a release that is stopped while it waits for its turn leaves the line', async () => {
  const story = await openStory();
  const turns = new Turns(story.world);
  for (const _ of ['first', 'second']) {
    await story.start({ pipeline: 'flight-delay' });
    await story.pass({ minutes: 1 });
  }

  await turns.stop(turns.executions('release')[1]!.arn);
  await story.pass({ hours: 2 });

  expect((await story.released()).outcome).toBe('LIVE');
  expect(await story.released()).toMatchObject({
    outcome: 'FAILED',
    detail: { failure: { error: 'ReleaseAbortedError', state: "Wait for the pipeline's turn" } },
  });
  await expectNothingHeld(turns);
});

for (const minutes of [0, 3]) {
  test(`a first release that is stopped ${minutes === 0 ? 'at' : 'after'} the endpoint's creation leaves none`, async () => {
    const story = await openStory();
    const turns = new Turns(story.world);
    await story.start({ pipeline: 'flight-delay' });
    await stopAt({ name: '', state: '', at: calls('CreateEndpoint'), minutes }, story, turns);
    await story.pass({ hours: 2 });

    expect(await story.released()).toMatchObject({ outcome: 'FAILED' });
    expect(await story.serving()).toEqual({ endpoint: undefined, configs: [], models: [], alarms: [] });
    await expectNothingHeld(turns);
    expect((await story.liveRelease()).outcome).toBe('LIVE');
  });
}

test('a shift that stopped half way is undone within the hour, when nobody hears of it', async () => {
  const story = await openStory({ event: loseEndings });
  const turns = new Turns(story.world);
  await story.liveRelease();
  const before = await story.serving();

  story.upload('next.json');
  await stopAt(STAGES.at(-1)!, story, turns);
  await story.pass({ hours: 2 });

  expect(await story.released()).toMatchObject({ outcome: 'FAILED' });
  expect((await story.serving()).endpoint?.config).toBe(before.endpoint!.config);
  expect((await story.serving()).configs).toEqual(before.configs);
  await expectNothingHeld(turns);
});

for (const state of ['Let a late call land', 'Restore what served']) {
  test(`a settlement that dies in "${state}" is begun again`, async () => {
    const story = await openStory();
    const turns = new Turns(story.world);
    await story.liveRelease();
    const before = await story.serving();
    story.upload('next.json');
    await stopAt(STAGES.at(-1)!, story, turns);

    const settle = () => turns.executions('settle').find(({ arn }) => turns.states(arn).at(-1) === state);
    await story.world.clock.runUntil(() => settle() !== undefined);
    await turns.stop(settle()!.arn);
    await story.pass({ hours: 2 });

    expect((await story.serving()).endpoint?.config).toBe(before.endpoint!.config);
    expect((await story.serving()).configs).toEqual(before.configs);
    await expectNothingHeld(turns);
  });
}

test('a deployment that outlives its release is stopped before the outcome is told', async () => {
  const isOrphaning = {
    service: 'stepfunctions',
    operation: 'StopExecution',
    by: '*ReleaseMachineRole*',
  } as const;
  const story = await openStory({
    faults: [{ ...isOrphaning, kind: 'error', code: 'InternalFailure', statusCode: 500 }],
  });
  const turns = new Turns(story.world);
  await story.liveRelease();
  const before = await story.serving();

  story.upload('next.json');
  await stopAt(STAGES.at(-1)!, story, turns);
  await story.pass({ hours: 2 });

  expect(turns.executions('deploy').at(-1)).toMatchObject({ status: 'ABORTED', error: 'ReleaseEnded' });
  expect(await story.released()).toMatchObject({ outcome: 'FAILED' });
  expect((await story.serving()).endpoint?.config).toBe(before.endpoint!.config);
  await expectNothingHeld(turns);
});

test('a first release whose settlement dies while the endpoint is created leaves no endpoint either', async () => {
  const story = await openStory();
  const turns = new Turns(story.world);
  await story.start({ pipeline: 'flight-delay' });
  await stopAt({ name: '', state: '', at: calls('CreateEndpoint') }, story, turns);
  const settle = () =>
    turns.executions('settle').find(({ arn }) => turns.states(arn).at(-1) === 'Wait for the endpoint');
  await story.world.clock.runUntil(() => settle() !== undefined);

  await turns.stop(settle()!.arn);
  await story.pass({ hours: 2 });

  expect(await story.serving()).toEqual({ endpoint: undefined, configs: [], models: [], alarms: [] });
  await expectNothingHeld(turns);
});

test('a release that a newer one stopped in the middle of its shift is superseded, and the champion serves', async () => {
  const story = await openStory();
  const turns = new Turns(story.world);
  await story.liveRelease();
  const before = await story.serving();
  story.upload('next.json');
  await story.world.clock.runUntil(() => story.called(/UpdateEndpoint$/).length > 0);

  await turns.stop(
    turns.executions('release').at(-1)!.arn,
    'Superseded',
    'A newer release cancels older ones.',
  );
  await story.pass({ hours: 1 });

  expect(await story.released()).toMatchObject({ outcome: 'SUPERSEDED' });
  expect((await story.serving()).endpoint?.config).toBe(before.endpoint!.config);
});

test('a rollback that is stopped half way leaves the endpoint on a release that was proven', async () => {
  const story = await openStory();
  const turns = new Turns(story.world);
  const first = await story.liveRelease();
  const second = await story.liveRelease();
  const rollback = await turns.start('rollback', { pipeline: 'flight-delay', reason: 'by hand', by: 'me' });
  await story.world.clock.runUntil(() => story.calls.some(calls('UpdateEndpoint', 'RollbackMachineRole')));

  await turns.stop(rollback);
  await story.pass({ hours: 1 });

  const { status, config } = (await story.served())!;
  expect(status).toBe('InService');
  expect([first.config, second.config]).toContain(config);
  expect((await turns.turn(ENDPOINT_TURN)).live).toBe(config);
  expect((await story.serving()).configs).toEqual(expect.arrayContaining([first.config, second.config]));
  await expectNothingHeld(turns);
});

test('people are told once of a release that was stopped, and of the endpoint that it left', async () => {
  const story = await openStory({ event: ({ source }) => (source === 'aws.states' ? 'double' : 'deliver') });
  const turns = new Turns(story.world);
  await story.liveRelease();
  const told = story.world.sns.published.length;

  story.upload('next.json');
  await stopAt(STAGES.at(-1)!, story, turns);
  await story.pass({ hours: 2 });

  expect(story.world.sns.published.slice(told).map(({ subject }) => subject)).toEqual([
    'Signalbox: flight-delay FAILED',
    'Signalbox: endpoint flight-delay was left half changed',
  ]);
});

for (const [what, event] of [
  ['at once', undefined],
  ['within the hour, when nobody hears of it', loseEndings],
] as const) {
  test(`a collector that is stopped has its burst gathered by another ${what}`, async () => {
    const story = await openStory({ ...(event && { event }) });
    const turns = new Turns(story.world);
    story.upload('next.json');
    await story.world.clock.runUntil(() => turns.executions('collect').length > 0);

    await turns.stop(turns.executions('collect')[0]!.arn);
    await story.pass({ hours: 2 });

    expect(turns.executions('collect')).toHaveLength(2);
    expect((await story.released()).outcome).toBe('LIVE');
  });
}
