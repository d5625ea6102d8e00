import type { CallFault } from '../../local/faults/faults.ts';
import type { EventEnvelope } from '../../local/services/events/rule.ts';
import type { ExecutionView } from '../../local/services/stepfunctions/stepfunctions.ts';
import { ENDPOINT, openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

/** A story in which so many releases have gone live, oldest first. */
async function openWithLive(
  count: number,
  options: StoryOptions = {},
): Promise<{ story: Story; live: ToldRelease[]; told: EventEnvelope[] }> {
  const told: EventEnvelope[] = [];
  const story = await openStory({
    event: (event) => {
      if (event.source === 'signalbox') told.push(event as EventEnvelope);
      // Nobody hears or looks whether an execution died: what cleans up after it has stories of its own.
      return ['aws.states', 'aws.events'].includes(event.source) ? 'drop' : 'deliver';
    },
    ...options,
  });
  const live: ToldRelease[] = [];
  for (let index = 0; index < count; index += 1) live.push(await story.liveRelease());
  told.length = 0;
  return { story, live, told };
}

const request = { pipeline: 'flight-delay', endpoint: ENDPOINT, reason: 'it answers nonsense', by: 'you' };

describe('a release that serves well no more', () => {
  test('gives way to the one before it, all at once and without alarms, and people are told', async () => {
    const { story, live, told } = await openWithLive(2);
    const [first, second] = live;

    const { answer, transitions } = await rollsBack(story, request);

    expect(answer).toMatchObject({
      outcome: 'LIVE',
      endpoint: ENDPOINT,
      from: second!.config,
      to: first!.config,
      servedConfig: first!.config,
      reasons: [],
    });
    expect(await story.served()).toMatchObject({ status: 'InService', config: first!.config, instances: 4 });
    // The alarms of what was taken back would watch nothing.
    expect(story.alarms()).toEqual([]);
    expect(turnOf(story)).toMatchObject({ live: first!.config, liveRank: expect.any(String) });
    expect(turnOf(story)).not.toHaveProperty('holder');
    expect(turnOf(story)).not.toHaveProperty('shifting');
    const update = story.calls.findLast(({ operation }) => operation === 'UpdateEndpoint')!.input as {
      DeploymentConfig: object;
    };
    expect(update.DeploymentConfig).not.toHaveProperty('AutoRollbackConfiguration');
    expect(notices(story)).toEqual([
      {
        subject: 'Signalbox: rollback of flight-delay LIVE',
        message: expect.stringMatching(
          new RegExp(`Serves now: ${first!.config}\nAsked by you: it answers nonsense\nExecution: arn`),
        ),
      },
    ]);
    expect(told.filter((event) => event['detail-type'] === 'Rollback Ended')).toEqual([
      expect.objectContaining({
        detail: expect.objectContaining({
          outcome: 'LIVE',
          from: second!.config,
          to: first!.config,
          by: 'you',
        }),
      }),
    ]);
    expect(transitions).toBeLessThanOrEqual(20);
  });

  test('gives way although its alarms ring', async () => {
    const { story, live } = await openWithLive(2);
    const [first] = live;
    story.play({
      fleet: ({ endpointConfigName }) => ({
        requestsPerMinute: 600,
        errorShare: endpointConfigName === first!.config ? 0 : 0.5,
      }),
    });
    await story.pass({ hours: 1 });

    const { answer } = await rollsBack(story, request);

    expect(answer.outcome).toBe('LIVE');
    expect((await story.served())!.config).toBe(first!.config);
  });

  test('is found by the pipeline alone', async () => {
    const { story, live } = await openWithLive(2);

    const { answer } = await rollsBack(story, { pipeline: 'flight-delay', reason: 'bad', by: 'you' });

    expect(answer).toMatchObject({ outcome: 'LIVE', endpoint: ENDPOINT, servedConfig: live[0]!.config });
  });

  test('gives way to an older one that is named, by its release or by its config', async () => {
    const { story, live } = await openWithLive(3);
    const [first, second, third] = live;

    const toFirst = await rollsBack(story, { ...request, from: third!.id, to: first!.id });
    const toSecond = await rollsBack(story, { ...request, from: first!.config, to: second!.config });

    expect(toFirst.answer).toMatchObject({ outcome: 'LIVE', from: third!.config, to: first!.config });
    expect(toSecond.answer).toMatchObject({ outcome: 'LIVE', from: first!.config, to: second!.config });
    expect((await story.served())!.config).toBe(second!.config);
  });

  test('gives way when its package is named, as by whoever rejects it', async () => {
    const { story, live } = await openWithLive(2);
    const [first, second] = live;

    const { answer } = await rollsBack(story, rejection(second!));

    expect(answer).toMatchObject({ outcome: 'LIVE', from: second!.config, to: first!.config });
    expect(notices(story)).toHaveLength(1);
  });

  test('and the one that was brought back after it give way to what was before both', async () => {
    const { story, live } = await openWithLive(3);
    const [first, second] = live;

    const once = await rollsBack(story, request);
    const twice = await rollsBack(story, request);
    const thrice = await rollsBack(story, request);

    expect(once.answer.to).toBe(second!.config);
    expect(twice.answer.to).toBe(first!.config);
    expect(thrice.answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [`There is no earlier release of ${ENDPOINT} to bring back.`],
    });
    expect((await story.served())!.config).toBe(first!.config);
  });

  test('makes room for a new release, which then serves', async () => {
    const { story } = await openWithLive(2);
    await rollsBack(story, request);

    const release = await story.liveRelease();

    expect((await story.served())!.config).toBe(release.config);
    const { answer } = await rollsBack(story, request);
    expect(answer).toMatchObject({ outcome: 'LIVE', from: release.config });
  });
});

describe('a rollback does nothing', () => {
  test('and takes no turn, when a package is rejected that does not serve', async () => {
    const { story, live } = await openWithLive(2);
    const before = [await story.served(), turnOf(story)];

    const earlier = await rollsBack(story, rejection(live[0]!));
    const never = await rollsBack(story, { ...rejection(live[0]!), pipeline: 'other' });

    expect(earlier.answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [expect.stringContaining('does not serve')],
    });
    expect(never.answer.outcome).toBe('NOTHING_TO_DO');
    expect([await story.served(), turnOf(story)]).toEqual(before);
    expect(notices(story)).toEqual([]);
  });

  test('when another release serves than the one it names', async () => {
    const { story, live } = await openWithLive(2);
    const [first, second] = live;
    const before = await story.served();

    const { answer } = await rollsBack(story, { ...request, from: first!.id });

    expect(answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [`${second!.config} serves, not ${first!.config}.`],
      servedConfig: second!.config,
    });
    expect(await story.served()).toEqual(before);
    expect(turnOf(story)).not.toHaveProperty('holder');
  });

  test('when there is no earlier release, no release of that name, or no endpoint', async () => {
    const { story } = await openWithLive(1);

    const noEarlier = await rollsBack(story, request);
    const unknown = await rollsBack(story, { ...request, to: 'flight-delay-1' });
    const nowhere = await rollsBack(story, { ...request, endpoint: 'elsewhere' });
    const never = await rollsBack(story, { pipeline: 'other', reason: '', by: 'you' });

    expect(noEarlier.answer.reasons).toEqual([`There is no earlier release of ${ENDPOINT} to bring back.`]);
    expect(unknown.answer.reasons).toEqual([`No proven release of ${ENDPOINT} is called flight-delay-1.`]);
    expect(nowhere.answer.reasons).toEqual(['There is no endpoint elsewhere.']);
    expect(never.answer.reasons).toEqual(['No release of the pipeline other has gone live.']);
    for (const { answer } of [noEarlier, unknown, nowhere, never])
      expect(answer.outcome).toBe('NOTHING_TO_DO');
    expect(notices(story)).toHaveLength(4);
  });

  test('when what it names was moved away while it waited for its turn', async () => {
    const { story, live } = await openWithLive(2);
    await story.start({ pipeline: 'flight-delay' });
    await story.world.clock.runUntil(() => turnOf(story).shifting !== undefined, 7_200_000);

    const arn = await startMachine(story, 'RollbackMachine', { ...request, from: live[1]!.config });
    const release = await story.released();
    const { answer } = await ended(story, arn);

    expect(release.outcome).toBe('LIVE');
    expect(answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [`${release.config} serves, not ${live[1]!.config}.`],
    });
    expect((await story.served())!.config).toBe(release.config);
  });
});

describe('a rollback that cannot be', () => {
  test('is told with what serves instead', async () => {
    const { story, live } = await openWithLive(2, { endpointUpdate: () => 'shift' });
    story.play({ endpointUpdate: () => 'return-to-old-config' });

    const { answer } = await rollsBack(story, request);

    expect(answer).toMatchObject({
      outcome: 'FAILED',
      servedConfig: live[1]!.config,
      reasons: [
        expect.stringContaining(`was to return to ${live[0]!.config} and is InService on ${live[1]!.config}`),
      ],
    });
    expect(notices(story)[0]!.subject).toBe('Signalbox: rollback of flight-delay FAILED');
    expect(turnOf(story)).toMatchObject({ live: live[1]!.config });
    expect(turnOf(story)).not.toHaveProperty('shifting');
    expect(turnOf(story)).not.toHaveProperty('holder');
  });

  test('is told with SageMaker’s reason when the earlier config is gone', async () => {
    const { story, live } = await openWithLive(2);
    await story.ask('DeleteEndpointConfig', { EndpointConfigName: live[0]!.config });

    const { answer } = await rollsBack(story, request);

    expect(answer).toMatchObject({
      outcome: 'FAILED',
      servedConfig: live[1]!.config,
      reasons: [
        expect.stringMatching(/SageMaker refused to bring .* back: .*Could not find endpoint configuration/),
      ],
    });
    expect(turnOf(story)).not.toHaveProperty('shifting');
  });
});

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
    // The older one's alarms went when the newer one served, not the planned champion's.
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

describe('whichever call of a rollback meets', () => {
  for (const kind of ['lose-answer', 'twice'] as const) {
    test(`"${kind}", the earlier release serves and the ledger is true`, async () => {
      for (const fault of await faultsOf(kind, comesBack)) await comesBack(fault);
    });

    test(`"${kind}" while it restores what a dead deployment left, the next release is live`, async () => {
      for (const fault of await faultsOf(kind, restores)) await restores(fault);
    });
  }
});

/** A fault for each call that a rollback makes in such a story. */
async function faultsOf(
  kind: 'lose-answer' | 'twice',
  tell: (fault?: CallFault) => Promise<Story>,
): Promise<CallFault[]> {
  const { calls } = await tell();
  const counts = new Map<string, number>();
  const faults: CallFault[] = calls.flatMap(({ service, operation, caller }) => {
    if (!caller.arn.includes('-RollbackMachineRole')) return [];
    const call = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, call);
    return [{ service, operation, by: '*RollbackMachineRole*', call, kind }];
  });
  expect(faults.length).toBeGreaterThan(6);
  return faults;
}

async function comesBack(fault?: CallFault): Promise<Story> {
  const { story, live } = await openWithLive(2);
  story.play({ faults: fault ? [fault] : [] });

  const { answer } = await rollsBack(story, request);

  expect([fault, answer.outcome]).toEqual([fault, 'LIVE']);
  await servesAndSaysSo(story, live[0]!.config, fault);
  return story;
}

async function restores(fault?: CallFault): Promise<Story> {
  const { story } = await openWithLive(1, { provisioning: { fleetSeconds: 900 } });
  await diesWhileShifting(story);
  story.play({ faults: fault ? [fault] : [] });

  const { config } = await story.liveRelease();

  await servesAndSaysSo(story, config, fault);
  return story;
}

async function servesAndSaysSo(story: Story, config: string, fault?: CallFault): Promise<void> {
  const { holder, shifting, live } = turnOf(story);
  expect([fault, holder, shifting, live]).toEqual([fault, undefined, undefined, config]);
  expect(await story.served()).toMatchObject({ status: 'InService', config });
  if (fault) expect(story.world.journal.text()).toMatch(/ fault: (loses|is delivered)/);
}

interface Answer {
  readonly outcome: string;
  readonly to: string;
  readonly reasons: readonly string[];
  readonly servedConfig: string;
}

const rollsBack = async (story: Story, input: object) =>
  ended(story, await startMachine(story, 'RollbackMachine', input));

/** What route-events starts when somebody rejects the package of a release. */
const rejection = ({ detail }: ToldRelease) => ({
  pipeline: 'flight-delay',
  packageArn: detail.modelPackageArn,
  reason: 'it is biased',
  by: 'whoever rejected the model package',
});

const deploys = async (story: Story, like: ToldRelease, changes: object) =>
  ended(story, await startDeploy(story, like, changes));

/** A deployment of the package that another release registered. */
const startDeploy = (story: Story, like: ToldRelease, changes: object): Promise<string> =>
  startMachine(story, 'DeployMachine', {
    release: like.id,
    pipeline: 'flight-delay',
    packageArn: like.detail.modelPackageArn,
    policy: 'newest',
    deploy: { ...like.plan!.deploy, mode: 'update' },
    ...changes,
  });

async function startMachine(story: Story, machine: string, input: object): Promise<string> {
  const { executionArn } = (await story.world.door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: { stateMachineArn: story.world.resources[machine], input: JSON.stringify(input) },
    caller: story.world.person,
  })) as { executionArn: string };
  return executionArn;
}

/** Lets time pass until it has ended. */
async function ended(story: Story, arn: string): Promise<{ answer: Answer; transitions: number }> {
  const { clock, stepfunctions } = story.world;
  await clock.runUntil(() => stepfunctions.execution(arn).status !== 'RUNNING', 30 * 24 * 3_600_000);
  const { status, output, history } = stepfunctions.execution(arn);
  expect(status).toBe('SUCCEEDED');
  return {
    answer: JSON.parse(output!) as Answer,
    transitions: history.filter(({ type }) => type.endsWith('StateEntered')).length,
  };
}

/** A release whose executions are stopped between its check and its proof. Answers the config it left half shifted. */
async function diesWhileShifting(story: Story): Promise<string> {
  await story.start({ pipeline: 'flight-delay' });
  const { clock, stepfunctions, door, person } = story.world;
  await clock.runUntil(() => turnOf(story).shifting !== undefined, 7_200_000);
  await clock.advance(60_000);
  const deploy = executionsOf(story, 'deploy').at(-1)!;
  await door.call({
    service: 'stepfunctions',
    operation: 'StopExecution',
    input: { executionArn: deploy.arn, error: 'Stopped', cause: 'by hand' },
    caller: person,
  });
  await story.released();
  expect(stepfunctions.execution(deploy.arn).status).toBe('ABORTED');
  return turnOf(story).shifting!;
}

const executionsOf = (story: Story, machine: string): ExecutionView[] =>
  story.world.stepfunctions.executions().filter(({ machineName }) => machineName.endsWith(`-${machine}`));

const notices = (story: Story) =>
  story.world.sns.published
    .filter(({ subject }) => subject?.includes('rollback of'))
    .map(({ subject, message }) => ({ subject, message }));

/** What was proven at the endpoint, newest first. */
const history = (story: Story): string[] =>
  story.world.dynamodb
    .table(story.world.outputs.LedgerTableName!)
    .partition({ pk: { S: `live/${ENDPOINT}` }, sk: { S: '' } })
    .map(({ config }) => Object.values(config!)[0] as string)
    .reverse();

const turnOf = (story: Story): Record<string, string | undefined> => {
  const table = story.world.dynamodb.table(story.world.outputs.LedgerTableName!);
  const item = table.get({ pk: { S: 'turn' }, sk: { S: `endpoint/${ENDPOINT}` } }) ?? {};
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, Object.values(value)[0]]));
};

const setTurn = (story: Story, UpdateExpression: string, ExpressionAttributeValues: object) =>
  story.world.door.call({
    service: 'dynamodb',
    operation: 'UpdateItem',
    input: {
      TableName: story.world.outputs.LedgerTableName,
      Key: { pk: { S: 'turn' }, sk: { S: `endpoint/${ENDPOINT}` } },
      UpdateExpression,
      ExpressionAttributeValues,
    },
    caller: story.world.person,
  });
