import { history, request, rollsBack, turnOf } from './support/rollbacks.ts';
import { ENDPOINT, openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';
import type { ToldRelease } from './support/told-release.ts';
import { releasesWith, watched, watchOf } from './support/watches.ts';

const KEEP = 2;

describe('when a watch ends', () => {
  test('what serves and as many as are kept before it stay, with models and image tags; older ones go', async () => {
    const { story, live } = await openWith(KEEP + 3);

    const answer = await watched(story, live.at(-1)!);

    const [oldest, second, ...kept] = live.map(({ config }) => config);
    expect(answer).toMatchObject({ outcome: 'KEPT', notes: [] });
    const { configs, models } = await story.serving();
    expect(configs).toEqual([...kept].sort());
    expect(models).toEqual([...kept].sort());
    expect(imageTags(story)).toEqual(kept.map((config) => `signalbox-${config}`).sort());
    // Watches that end because something newer serves clean up too.
    expect(cleaned(story, live)).toEqual([oldest, second]);
    // What once went live is not forgotten.
    expect(history(story)).toContain(oldest);
  });

  test('the image stays as long as anybody has a tag for it', async () => {
    const { story, live } = await openWith(KEEP + 2);
    const [first] = live;

    await watched(story, live.at(-1)!);

    expect(imageTags(story)).not.toContain(`signalbox-${first!.config}`);
    expect([...repository(story).tags.keys()]).toContain('stable');
    expect(repository(story).images.size).toBe(1);
  });

  test('the last but two can be brought back; what was cleaned up cannot, and the answer says why', async () => {
    const { story, live } = await openWith(KEEP + 2);
    await watched(story, live.at(-1)!);
    const [gone, third] = live;

    const refused = await rollsBack(story, { ...request, to: gone!.id });
    const brought = await rollsBack(story, { ...request, to: third!.id });

    expect(refused.answer).toMatchObject({
      outcome: 'NOTHING_TO_DO',
      reasons: [expect.stringMatching(`^${gone!.id} was cleaned up: so many newer ones are kept`)],
    });
    expect(brought.answer).toMatchObject({ outcome: 'LIVE', to: third!.config });
    expect(await story.served()).toMatchObject({ status: 'InService', config: third!.config });
  });

  test('nobody who changes the endpoint just then is disturbed; the next watch cleans up', async () => {
    const { story, live } = await openWith(KEEP + 1);
    await story.start({ pipeline: 'flight-delay', fresh: true, overrides: { deploy: { keep: KEEP } } });
    const next = await story.released();
    // Before the watch over the champion ends, which is in a minute.
    await ledger(story, 'UpdateItem', {
      Key: turnKey,
      UpdateExpression: 'SET holder = :me',
      ExpressionAttributeValues: { ':me': { S: 'somebody' } },
    });
    expect((await watched(story, live.at(-1)!)).cleanedUp).toEqual([]);
    expect((await story.serving()).configs).toContain(live[0]!.config);
    await ledger(story, 'UpdateItem', { Key: turnKey, UpdateExpression: 'REMOVE holder' });

    const answer = await watched(story, next);

    expect(answer.cleanedUp).toEqual([live[0]!.config]);
    expect((await story.serving()).configs).not.toContain(live[0]!.config);
  });

  test('what a person has brought the endpoint to stays, whatever the ledger says', async () => {
    const { story, live } = await openWith(KEEP + 1);
    await story.ask('UpdateEndpoint', { EndpointName: ENDPOINT, EndpointConfigName: live[0]!.config });
    await ledger(story, 'PutItem', {
      Item: {
        pk: { S: `live/${ENDPOINT}` },
        sk: { S: '2026-03-02T08' },
        config: { S: 'older' },
        packageArn: { S: '' },
      },
    });
    // Somebody has told the ledger of one more, so that the one that serves is too old by the rule.
    await ledger(story, 'PutItem', {
      Item: {
        pk: { S: `live/${ENDPOINT}` },
        sk: { S: '2026-03-03' },
        config: { S: 'newer' },
        packageArn: { S: '' },
      },
    });

    const { cleanedUp } = await watched(story, live.at(-1)!);

    expect(cleanedUp).toEqual(['older']);
    expect(await story.served()).toMatchObject({ status: 'InService', config: live[0]!.config });
    expect((await story.serving()).configs).toContain(live[0]!.config);
  });

  test('a call that fails leaves nothing that somebody could go back to in vain', async () => {
    const { story, live } = await openWith(KEEP + 1);
    story.play({
      faults: [
        { service: 'sagemaker', operation: 'DeleteModel', by: '*WatchMachineRole*', kind: 'throttle' },
      ],
    });
    await releasesWith(story, 1, { keep: KEEP });
    await watched(story, live.at(-1)!);

    const { answer } = await rollsBack(story, { ...request, to: live[0]!.config });

    expect(answer.reasons).toEqual([expect.stringContaining('was cleaned up')]);
    expect(turnOf(story)).not.toHaveProperty('holder');
  });

  test('a registry that takes no tag is only noted', async () => {
    const { story } = await openWith(0);
    story.play({
      faults: [
        { service: 'ecr', operation: 'PutImage', kind: 'error', code: 'ImageTagAlreadyExistsException' },
      ],
    });

    const [release] = await releasesWith(story, 1, { keep: KEEP });
    const { outcome, notes } = await watched(story, release!);

    expect(outcome).toBe('KEPT');
    expect(notes).toEqual(['The image was not tagged: Ecr.ImageTagAlreadyExistsException.']);
  });
});

/** A story of releases that keep fewer than usual. */
async function openWith(count: number): Promise<{ story: Story; live: ToldRelease[] }> {
  const story = await openStory();
  return { story, live: await releasesWith(story, count, { keep: KEEP }) };
}

/** All that the watches of these releases removed, in the order of the releases. */
function cleaned(story: Story, live: readonly ToldRelease[]): string[] {
  const all = live.flatMap(
    ({ config }) => (JSON.parse(watchOf(story, config).output!) as { cleanedUp: string[] }).cleanedUp,
  );
  return live.map(({ config }) => config).filter((config) => all.includes(config));
}

const repository = (story: Story) => story.world.ecr.repository('flight-delay');

const imageTags = (story: Story): string[] =>
  [...repository(story).tags.keys()].filter((tag) => tag.startsWith('signalbox-')).sort();

const turnKey = { pk: { S: 'turn' }, sk: { S: `endpoint/${ENDPOINT}` } };

const ledger = (story: Story, operation: string, input: object) =>
  story.world.door.call({
    service: 'dynamodb',
    operation,
    input: { TableName: story.world.outputs.LedgerTableName, ...input },
    caller: story.world.person,
  });
