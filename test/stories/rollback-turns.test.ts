import { ENDPOINT, openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';
import { ENDPOINT_TURN, type Item, Turns } from './support/turns.ts';

/** Nobody hears or looks whether an execution died: what cleans up after it has stories of its own. */
const unsettled: StoryOptions['event'] = ({ source }) =>
  ['aws.states', 'aws.events'].includes(source) ? 'drop' : 'deliver';

async function openTurns(count: number, options: StoryOptions = {}) {
  const story = await openStory({ event: unsettled, ...options });
  const live: ToldRelease[] = [];
  for (let index = 0; index < count; index += 1) live.push(await story.liveRelease());
  return { story, live, turns: new Turns(story.world) };
}

const request = { pipeline: 'flight-delay', endpoint: ENDPOINT, reason: 'it answers nonsense', by: 'you' };

/** A release whose deployment is stopped between its check and its proof. Answers the config it left half shifted. */
async function diesWhileShifting(story: Story, turns: Turns): Promise<string> {
  await story.start({ pipeline: 'flight-delay', fresh: true });
  await story.world.clock.runUntil(() => story.called(/^(Create|Update)Endpoint$/).length > 0, 7_200_000);
  await story.pass({ minutes: 1 });
  await turns.stop(turns.executions('deploy').at(-1)!.arn);
  await story.released();
  return (await turns.turn(ENDPOINT_TURN)).shifting as string;
}

/** From here on only what follows is counted. */
const forget = (story: Story): void => void story.calls.splice(0);

const answers = (turns: Turns) => turns.executions('rollback').map(({ output }) => JSON.parse(output!));

async function expectLive(turns: Turns, config: string): Promise<void> {
  const turn: Item = await turns.turn(ENDPOINT_TURN);
  expect(turn).toMatchObject({ live: config });
  for (const held of ['holder', 'next', 'shifting']) expect(turn).not.toHaveProperty(held);
}

test('whoever waits while a rollback has the turn gets it from the rollback', async () => {
  const { story, live, turns } = await openTurns(2);
  story.play({ provisioning: { fleetSeconds: 900 } });
  const rollback = await turns.start('rollback', request);
  await story.pass({ minutes: 2 });

  const deploy = await turns.start('deploy', {
    release: live[1]!.id,
    name: 'newer-r0',
    pipeline: 'flight-delay',
    packageArn: live[1]!.detail.modelPackageArn,
    policy: 'newest',
    deploy: { ...live[1]!.plan!.deploy, mode: 'update' },
  });

  expect(await turns.answer(rollback)).toMatchObject({ outcome: 'LIVE', servedConfig: live[0]!.config });
  expect(turns.states(rollback)).toContain('Hand the turn on');
  expect(await turns.answer(deploy)).toMatchObject({ outcome: 'LIVE' });
  await expectLive(turns, 'newer-r0');
});

test('a rollback by hand lets the last call of a dead deployment land before it looks', async () => {
  const { story, live, turns } = await openTurns(1);
  forget(story);
  await diesWhileShifting(story, turns);
  const { holder: _, holderRank: __, ...left } = await turns.turn(ENDPOINT_TURN);
  await turns.putTurn(left, ENDPOINT_TURN);

  const rollback = await turns.start('rollback', request);

  expect(await turns.answer(rollback)).toMatchObject({ servedConfig: live[0]!.config });
  expect(turns.states(rollback).slice(1, 6)).toEqual([
    'Take the turn',
    'Wait for the turn',
    'Is it our turn?',
    'Let a late call land',
    'Let the endpoint come to rest',
  ]);
  await expectLive(turns, live[0]!.config);
});

test('a rollback that is started again in its check raises the fence once more', async () => {
  const { story, live, turns } = await openTurns(2);
  const { fence } = await turns.turn(ENDPOINT_TURN);
  story.play({
    faults: [
      {
        service: 'dynamodb',
        operation: 'UpdateItem',
        by: '*RollbackMachineRole*',
        call: 2,
        kind: 'slow',
        seconds: 20,
      },
    ],
  });
  const rollback = await turns.start('rollback', request);
  await turns.pause(5);
  expect(turns.states(rollback).at(-1)).toBe('Check the turn');

  await turns.stop(rollback);
  await turns.pause(30);
  // Taken and checked: whoever looks now would take over under this fence.
  expect(await turns.turn(ENDPOINT_TURN)).toMatchObject({ fence: Number(fence) + 2 });
  await turns.redrive(rollback);

  expect(await turns.answer(rollback)).toMatchObject({ outcome: 'LIVE', servedConfig: live[0]!.config });
  expect(await turns.turn(ENDPOINT_TURN)).toMatchObject({ fence: Number(fence) + 3 });
  await expectLive(turns, live[0]!.config);
});

test('a rollback that is started again while it waits for the endpoint goes on', async () => {
  const { story, live, turns } = await openTurns(2);
  story.play({ provisioning: { fleetSeconds: 900 } });
  const rollback = await turns.start('rollback', request);
  await story.pass({ minutes: 5 });

  await turns.stop(rollback);
  await turns.redrive(rollback);

  expect(await turns.answer(rollback)).toMatchObject({ outcome: 'LIVE', servedConfig: live[0]!.config });
  expect(story.called(/^UpdateEndpoint$/)).toHaveLength(2);
  await expectLive(turns, live[0]!.config);
});

test('a settlement that is started again while it restores goes on', async () => {
  const { story, live, turns } = await openTurns(1, { event: () => 'deliver' });
  story.play({ provisioning: { fleetSeconds: 900 } });
  forget(story);
  await diesWhileShifting(story, turns);
  await story.world.clock.runUntil(() => story.called(/^UpdateEndpoint$/).length === 2, 7_200_000);
  await story.pass({ minutes: 1 });
  const settlement = turns.executions('settle').find(({ status }) => status === 'RUNNING')!.arn;

  await turns.stop(settlement);
  await turns.redrive(settlement);

  await turns.ended(settlement);
  expect(turns.states(settlement).slice(-3)).toEqual([
    'Pass the turn on',
    'Is there anything to tell?',
    'Tell people',
  ]);
  expect(story.world.sns.published.at(-1)!.message).toContain(`It serves ${live[0]!.config}.`);
  await story.pass({ minutes: 1 });
  await expectLive(turns, live[0]!.config);
});

test('a champion of which the ledger knows nothing is brought back when its successor dies half way', async () => {
  const { story, live, turns } = await openTurns(1);
  const { live: _, liveRank: __, ...unknown } = await turns.turn(ENDPOINT_TURN);
  await turns.putTurn(unknown, ENDPOINT_TURN);
  await story.world.door.call({
    service: 'dynamodb',
    operation: 'DeleteItem',
    input: {
      TableName: story.world.outputs.LedgerTableName,
      Key: { pk: { S: `live/${ENDPOINT}` }, sk: { S: live[0]!.detail.release.rank } },
    },
    caller: story.world.person,
  });
  expect(await turns.count(`live/${ENDPOINT}`)).toBe(0);
  forget(story);
  const dead = await diesWhileShifting(story, turns);

  const next = await story.liveRelease();

  expect(answers(turns)).toEqual([
    expect.objectContaining({
      outcome: 'LIVE',
      from: dead,
      to: live[0]!.config,
      servedConfig: live[0]!.config,
    }),
  ]);
  await expectLive(turns, next.config);
});

test('a first deployment that died unproven is deleted before the next one creates its own', async () => {
  const { story, turns } = await openTurns(0);
  const dead = await diesWhileShifting(story, turns);
  await story.pass({ hours: 2 });
  expect(await story.served()).toMatchObject({ status: 'InService', config: dead });
  forget(story);

  const next = await story.liveRelease();

  expect(answers(turns)).toEqual([expect.objectContaining({ outcome: 'NOTHING_TO_DO', servedConfig: '' })]);
  expect(story.called(/^(Create|Update|Delete)Endpoint$/)).toEqual(['DeleteEndpoint', 'CreateEndpoint']);
  await expectLive(turns, next.config);
});

test('a release that plans while the first endpoint is being created goes live after it', async () => {
  const { story, turns } = await openTurns(0, { provisioning: { fleetSeconds: 2700 } });
  await story.start({ pipeline: 'flight-delay' });
  await story.world.clock.runUntil(() => story.called(/^CreateEndpoint$/).length > 0, 7_200_000);

  await story.start({ pipeline: 'flight-delay', fresh: true });

  expect(await story.released()).toMatchObject({ outcome: 'LIVE' });
  const second = await story.released();
  expect(second).toMatchObject({ outcome: 'LIVE', plan: { deploy: { mode: 'create' } } });
  await expectLive(turns, second.config);
});

describe('a package that somebody rejects', () => {
  /** Answers the rollback that route-events starts then. */
  async function reject(story: Story, turns: Turns): Promise<string> {
    const { packageArn } = JSON.parse(turns.executions('deploy').at(-1)!.input);
    await story.ask('UpdateModelPackage', {
      ModelPackageArn: packageArn,
      ModelApprovalStatus: 'Rejected',
      ApprovalDescription: 'it is biased',
    });
    const by = 'whoever rejected the model package';
    return turns.start('rollback', { pipeline: 'flight-delay', packageArn, reason: 'rejected', by });
  }

  test('before its deployment begins to shift does not serve', async () => {
    const { story, live, turns } = await openTurns(1);
    const [champion] = live;
    forget(story);
    await story.start({ pipeline: 'flight-delay', fresh: true });
    await story.world.clock.runUntil(() => story.called(/^PutMetricAlarm$/).length > 0, 7_200_000);

    const rollback = await reject(story, turns);

    expect(await story.released()).toMatchObject({
      outcome: 'REJECTED',
      reasons: ['The model package was rejected before it served: it is biased'],
    });
    expect(story.called(/^UpdateEndpoint$/)).toEqual([]);
    expect(await turns.answer(rollback)).toMatchObject({ outcome: 'NOTHING_TO_DO' });
    // Whoever rejects what never served tells the release alone.
    expect(story.world.sns.published.filter(({ subject }) => subject?.includes('rollback'))).toEqual([]);
    await expectLive(turns, champion!.config);
    expect((await story.serving()).configs).toEqual([champion!.config]);
  });

  test('while its deployment shifts is taken back as soon as that has ended', async () => {
    const { story, live, turns } = await openTurns(1);
    await story.start({ pipeline: 'flight-delay', fresh: true });
    await story.world.clock.runUntil(() => story.called(/^UpdateEndpoint$/).length > 0, 7_200_000);

    const rollback = await reject(story, turns);

    expect(await story.released()).toMatchObject({ outcome: 'LIVE' });
    expect(await turns.answer(rollback)).toMatchObject({ outcome: 'LIVE', to: live[0]!.config });
    await expectLive(turns, live[0]!.config);
  });
});
