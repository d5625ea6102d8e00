import type { Status } from '../../cli/status/contract.ts';
import { openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const HOURS = 48;

/** A pipeline whose models a person must approve. */
const MANUAL = { register: { approval: 'manual', approvalWindowHours: HOURS } };

interface Waiting {
  readonly story: Story;
  readonly executionArn: string;
  readonly packageArn: string;
  /** Lets time pass until the release has ended. */
  ended(): Promise<ToldRelease>;
}

/** A release that has registered its model and waits for a person. */
async function openWaiting(options: StoryOptions = {}): Promise<Waiting> {
  const story = await openStory(options);
  return { story, ...(await startWaiting(story)) };
}

async function startWaiting(story: Story): Promise<Omit<Waiting, 'story'>> {
  const executionArn = await story.start({ pipeline: 'flight-delay', overrides: MANUAL, fresh: true });
  const isAsked = (): boolean => notices(story).some((text) => text.includes(executionArn));
  await story.world.clock.runUntil(isAsked, 24 * 3600_000);
  await story.pass({ minutes: 1 });
  const packageArn = /^Package: (.*)$/m.exec(
    notices(story).findLast((text) => text.includes(executionArn))!,
  )![1]!;
  return { executionArn, packageArn, ended: () => story.releasedAs(executionArn) };
}

const notices = (story: Story): string[] => story.world.sns.published.map(({ message }) => message);

const updates = (story: Story): string[] => story.called(/^(Create|Update)Endpoint$/);

/** What `npx signalbox status` is told. */
async function statusOf({ world }: Story): Promise<Status> {
  const asked = world.door.call({
    service: 'stepfunctions',
    operation: 'StartSyncExecution',
    input: { stateMachineArn: world.outputs.ReleaseMachineArn!.replace(/release$/, 'status'), input: '{}' },
    caller: world.person,
  });
  return JSON.parse(((await asked) as { output: string }).output);
}

async function rolledBack(story: Story, input: object): Promise<unknown> {
  const { door, person, outputs, stepfunctions } = story.world;
  const { executionArn } = (await door.call({
    service: 'stepfunctions',
    operation: 'StartExecution',
    input: {
      stateMachineArn: outputs.ReleaseMachineArn!.replace(/release$/, 'rollback'),
      input: JSON.stringify(input),
    },
    caller: person,
  })) as { executionArn: string };
  await story.ended(executionArn);
  return JSON.parse(stepfunctions.execution(executionArn).output!);
}

describe('a model that a person must approve', () => {
  test('is deployed when somebody approves it in Studio, days later', async () => {
    const { story, packageArn, ended } = await openWaiting();
    expect(await story.served()).toBeUndefined();
    await story.pass({ hours: 30 });

    await story.decide(packageArn, 'Approved');
    const release = await ended();

    expect(release.outcome).toBe('LIVE');
    expect(release.detail.modelPackageArn).toBe(packageArn);
    expect(await story.served()).toMatchObject({ status: 'InService', config: release.config });
    expect(updates(story)).toEqual(['CreateEndpoint']);
  });

  test('is told to people with its metrics, and to other systems as an event', async () => {
    const story = await openStory();
    const champion = await story.liveRelease();
    const { packageArn } = await startWaiting(story);

    const asked = notices(story).at(-1)!;
    const [event] = story.events('Approval Needed');

    expect(asked).toMatch(/^auc +0\.7 +0\.69 +\+0\.01$/m);
    expect(asked).toContain(`--model-package-arn ${packageArn} --model-approval-status Approved`);
    expect(event?.detail).toMatchObject({
      pipeline: 'flight-delay',
      packageArn,
      metrics: { auc: { challenger: 0.7, champion: 0.69 } },
    });
    expect(await story.served()).toMatchObject({ config: champion.config });
  });

  test('is shown as waiting for as long as it waits', async () => {
    const { story, packageArn, ended } = await openWaiting();

    expect((await statusOf(story)).waitingForApproval).toMatchObject([
      {
        pipeline: 'flight-delay',
        packageArn,
        waitingFor: expect.stringMatching(/^approval until 2026-03-04 /),
      },
    ]);
    await story.decide(packageArn, 'Approved');
    const release = await ended();

    expect(await statusOf(story)).toMatchObject({
      running: [],
      waitingForApproval: [],
      releases: [{ release: release.id, outcome: 'LIVE' }],
      live: [{ release: release.id, endpoint: 'flight-delay', packageArn }],
    });
  });

  test('is asked for no more when its release is stopped', async () => {
    const { story, executionArn } = await openWaiting();

    await story.abort(executionArn);
    await story.pass({ minutes: 5 });

    for (const machine of ['approve', 'await'] as const) {
      expect(story.executions(machine)).toMatchObject([{ status: 'ABORTED' }]);
    }
  });

  test('is deployed though the event of its approval got lost', async () => {
    const { story, packageArn, ended } = await openWaiting({
      event: ({ 'detail-type': type }) =>
        type === 'SageMaker Model Package State Change' ? 'drop' : 'deliver',
    });

    await story.decide(packageArn, 'Approved');

    expect((await ended()).outcome).toBe('LIVE');
  });

  test('is deployed once though it was approved twice', async () => {
    const { story, packageArn, ended } = await openWaiting({
      event: ({ source }) => (source === 'aws.sagemaker' ? 'double' : 'deliver'),
    });

    await story.decide(packageArn, 'Approved');
    await story.decide(packageArn, 'Approved');

    expect((await ended()).outcome).toBe('LIVE');
    expect(updates(story)).toEqual(['CreateEndpoint']);
  });

  test('is rejected in the words of whoever rejects it, and the champion stays', async () => {
    const story = await openStory();
    const champion = await story.liveRelease();
    const before = await story.serving();
    const { packageArn, ended } = await startWaiting(story);

    await story.ask('UpdateModelPackage', {
      ModelPackageArn: packageArn,
      ModelApprovalStatus: 'Rejected',
      ApprovalDescription: 'wrong for night flights',
    });
    const release = await ended();

    expect(release.outcome).toBe('REJECTED');
    expect(release.reasons).toEqual([expect.stringContaining('wrong for night flights')]);
    expect(release.notice.message).toContain('wrong for night flights');
    expect(await story.serving()).toEqual(before);
    expect(await story.served()).toMatchObject({ config: champion.config });
  });

  test('is rejected when nobody answers', async () => {
    const { story, ended } = await openWaiting();
    const askedAtMs = story.world.clock.now();

    const release = await ended();

    expect(release.outcome).toBe('REJECTED');
    expect(release.reasons).toEqual([expect.stringContaining(`nobody decided within ${HOURS} hours`)]);
    expect(Date.parse(release.detail.endedAt) - askedAtMs).toBeLessThan((HOURS + 1) * 3600_000);
    expect(updates(story)).toEqual([]);
  });

  test('does not hold its pipeline up: another release trains and goes live meanwhile', async () => {
    const { story, packageArn, ended } = await openWaiting();

    const newer = await story.liveRelease();
    await story.decide(packageArn, 'Approved');
    const older = await ended();

    expect(newer.outcome).toBe('LIVE');
    expect(older.outcome).toBe('SUPERSEDED');
    expect(await story.served()).toMatchObject({ config: newer.config });
  });
});

describe('a model that serves and is rejected', () => {
  test('gives way to the release before it', async () => {
    const story = await openStory();
    const first = await story.liveRelease();
    const second = await story.liveRelease();
    const packageArn = second.detail.modelPackageArn!;

    await story.decide(packageArn, 'Rejected');
    const answer = await rolledBack(story, {
      pipeline: 'flight-delay',
      packageArn,
      reason: 'rejected',
      by: 'you',
    });

    expect(answer).toMatchObject({ outcome: 'LIVE', from: second.config, to: first.config });
    expect(await story.served()).toMatchObject({ status: 'InService', config: first.config });
  });

  test('brings nothing back when it serves no more', async () => {
    const story = await openStory();
    const first = await story.liveRelease();
    const second = await story.liveRelease();

    await rolledBack(story, {
      pipeline: 'flight-delay',
      packageArn: first.detail.modelPackageArn,
      reason: 'rejected',
      by: 'you',
    });

    expect(await story.served()).toMatchObject({ config: second.config });
  });
});
