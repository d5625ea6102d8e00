import { openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';

const manual = { register: { approval: 'manual', approvalWindowHours: 1 } };

/** What the event of an approval asks for. */
const approval = (story: Story, packageArn: string, atMs = story.world.clock.now()) => ({
  pipeline: 'flight-delay',
  trigger: { kind: 'approval', packageArn, eventTime: new Date(atMs).toISOString() },
});

/** A release whose model nobody approved in time. */
async function silence(story: Story, more: object = {}): Promise<ToldRelease> {
  await story.start({ pipeline: 'flight-delay', fresh: true, overrides: manual, ...more });
  const release = await story.released();
  expect(release).toMatchObject({ outcome: 'REJECTED', detail: { modelPackageArn: expect.any(String) } });
  await story.pass({ minutes: 1 });
  return release;
}

const outputOf = async (story: Story, arn: string) => JSON.parse((await story.ended(arn)).output!);

describe('a model that was approved by itself', () => {
  test('is deployed, as it was registered, without data, image or training', async () => {
    const story = await openStory();
    const { detail } = await silence(story);
    const jobs = story.called(/^Create(Processing|Training)Job$/).length;

    await story.decide(detail.modelPackageArn!, 'Approved');
    const arn = await story.start(approval(story, detail.modelPackageArn!));
    const release = await story.releasedAs(arn);

    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: { modelPackageArn: detail.modelPackageArn, release: { trigger: { kind: 'approval' } } },
    });
    expect((await story.served())!.config).toBe(release.config);
    expect(story.called(/^Create(Processing|Training)Job$/)).toHaveLength(jobs);
    expect(story.called(/^CreateModelPackage$/)).toHaveLength(1);
    // A turn for each package would make a long list; it goes by itself.
    const turns = await story.ledger('turn');
    expect(turns.filter(({ ttl }) => ttl !== undefined).map(({ sk }) => sk)).toEqual([
      `package/${detail.modelPackageArn}`,
    ]);
  });

  test('is deployed once, however often it is told', async () => {
    const story = await openStory();
    const { detail } = await silence(story);
    await story.decide(detail.modelPackageArn!, 'Approved');
    const request = approval(story, detail.modelPackageArn!);

    const arns = await Promise.all([story.start(request), story.start(request)]);
    const outcomes = await Promise.all(arns.map((arn) => outputOf(story, arn)));
    const again = await outputOf(story, await story.start(approval(story, detail.modelPackageArn!)));

    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0].outcome).toBe('LIVE');
    expect(again).toMatchObject({
      outcome: 'REJECTED',
      reasons: [expect.stringContaining('serves already')],
    });
    expect(story.called(/^CreateEndpoint$/)).toHaveLength(1);
    expect(story.called(/^UpdateEndpoint$/)).toHaveLength(0);
  });

  test('is left alone, and nobody is told, when the registry says something else than the event', async () => {
    const story = await openStory();
    const { detail } = await silence(story);
    const told = story.world.sns.published.length;

    const forged = await outputOf(story, await story.start(approval(story, detail.modelPackageArn!)));

    expect(forged).toMatchObject({
      outcome: 'REJECTED',
      reasons: [expect.stringContaining('is PendingManualApproval, not Approved')],
    });
    expect(story.world.sns.published).toHaveLength(told);
    expect(await story.ledger('pipeline/flight-delay')).toHaveLength(1);
    expect(await story.served()).toBeUndefined();
  });

  test('is left to the release that made it, while that runs and when the event comes late', async () => {
    const story = await openStory();
    await story.start({ pipeline: 'flight-delay' });
    await story.entered('Create the model', 'deploy');
    const [record] = await story.ledger('pipeline/flight-delay');
    const packageArn = await packageOf(story);
    const registeredMs = story.world.clock.now();

    const early = await outputOf(story, await story.start(approval(story, packageArn)));
    const { outcome } = await story.released();
    await story.pass({ hours: 1 });
    const late = await outputOf(story, await story.start(approval(story, packageArn, registeredMs)));

    expect(outcome).toBe('LIVE');
    const release = String(record!.sk).replace('release/', '');
    for (const { reasons } of [early, late])
      expect(reasons).toEqual([expect.stringContaining(`was approved for the release ${release}`)]);
    expect(await story.ledger('pipeline/flight-delay')).toHaveLength(1);
  });

  test('of another group is left alone', async () => {
    const story = await openStory();
    const { detail } = await silence(story, {
      overrides: { register: { ...manual.register, group: 'somebody-elses' } },
    });
    await story.decide(detail.modelPackageArn!, 'Approved');

    const answer = await outputOf(story, await story.start(approval(story, detail.modelPackageArn!)));

    expect(answer.reasons).toEqual([expect.stringContaining('is not of the group flight-delay')]);
  });
});

const packageOf = async (story: Story): Promise<string> => {
  const { ModelPackageSummaryList } = await story.ask<{
    ModelPackageSummaryList: { ModelPackageArn: string }[];
  }>('ListModelPackages', { ModelPackageGroupName: 'flight-delay' });
  return ModelPackageSummaryList[0]!.ModelPackageArn;
};
