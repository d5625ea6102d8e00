import type { Status } from '../../cli/status/contract.ts';
import { openWorld } from '../../local/open-world.ts';
import type { World } from '../../local/world.ts';
import { documentOf, type Seen, typed } from '../cli/support/typed.ts';
import { buildProject } from '../support/build-project.ts';
import { packageWith } from '../support/package-with.ts';
import { play, usual } from './support/behaviour.ts';

/** The stack with pipelines that listen to every signal, so that its real rules hear what people do. */
let packageDirectory: string;
let world: World;

beforeAll(() => {
  packageDirectory = packageWith('test/pipelines');
});

beforeEach(async () => {
  let isOpen = false;
  world = await openWorld({
    packageDirectory,
    scenario: { job: (job) => play(job, usual), event: () => (isOpen ? 'deliver' : 'drop') },
  });
  world.ecr.createRepository('every-trigger');
  world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'one' });
  world.s3.put(world.outputs.DataBucketName!, 'every-trigger/incoming/one.json', '[1]');
  isOpen = true;
});

afterEach(() => world.close());

const type = (...command: string[]): Promise<Seen> => typed(command, { world });
const minutes = (count: number): Promise<void> => world.clock.advance(count * 60_000);

const status = async (): Promise<Status> => documentOf(await type('status', 'every-trigger', '--json'));

/** A release that waits for a person, started by hand. */
async function waiting(): Promise<{ release: string; packageArn: string }> {
  await type(
    'start',
    'every-trigger',
    '--fresh',
    '--set',
    'register={"group":"every-trigger","approval":"manual","approvalWindowHours":2}',
    '--json',
  );
  await minutes(60);
  const [found] = (await status()).waitingForApproval;
  return found!;
}

/** A release that went live by itself. */
async function live(): Promise<string> {
  const seen = await type('start', 'every-trigger', '--fresh', '--wait', '--json');
  expect(seen.code).toBe(0);
  return documentOf(seen).release;
}

const serving = async (): Promise<string | undefined> => (await status()).live[0]?.release;

/** How often the endpoint was made or changed. */
const changes = (): number =>
  world.journal.entries.filter(
    ({ subject, what }) =>
      subject === 'sagemaker/endpoint/every-trigger' && /^(Creating|Updating) /.test(what),
  ).length;

test('an approval that a release waits for releases that one alone, though the rule tells it, too', async () => {
  const { release } = await waiting();

  const { out } = await type('approve', release);
  await minutes(90);

  const { releases, running } = await status();
  expect(out).toContain(`Release ${release} goes on.`);
  expect(releases).toMatchObject([{ release, outcome: 'LIVE' }]);
  expect(running).toEqual([]);
  expect(changes()).toBe(1);
});

test('an approval in the night that no release waits for is deployed on its own, once', async () => {
  const { release, packageArn } = await waiting();
  await minutes(180);
  expect((await status()).releases).toMatchObject([{ release, outcome: 'REJECTED' }]);

  const { out } = await type('approve', packageArn);
  await type('approve', packageArn);
  await minutes(90);

  const { releases, live: served } = await status();
  expect(out).toContain('No release waits for it');
  expect(releases.map(({ outcome }) => outcome)).toEqual(['LIVE', 'REJECTED']);
  expect(served).toMatchObject([{ packageArn }]);
  expect(changes()).toBe(1);
});

test('rejecting the model that serves brings the release before it back', async () => {
  const first = await live();
  const second = await live();
  const { packageArn } = (await status()).live[0]!;
  expect(await serving()).toBe(second);

  const { out } = await type('reject', packageArn, '--reason', 'it answers nonsense');
  await minutes(60);

  expect(out).toContain('It serves:');
  expect(await serving()).toBe(first);
});

test('rejecting a model that waits leaves the champion alone', async () => {
  await live();
  const champion = await live();
  const { release } = await waiting();
  const before = changes();

  await type('reject', release, '--reason', 'trained on half a month');
  await minutes(60);

  const { releases } = await status();
  expect(releases[0]).toMatchObject({ release, outcome: 'REJECTED' });
  expect(await serving()).toBe(champion);
  expect(changes()).toBe(before);
});

test('a push that is told by hand is built, released and followed to its end', async () => {
  world.codebuild.addProject(
    buildProject('every-trigger-image', 'arn:aws:iam::123456789012:role/builder', {
      IMAGE_REPO_NAME: 'every-trigger',
    }),
  );
  const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';

  const { code, out, log } = await type(
    ...['start', 'every-trigger', '--commit', commit, '--repository', 'every-trigger-model'],
    ...['--branch', 'main', '--wait'],
  );

  expect(log).toContain(`Told signalbox-prod of ${commit}.`);
  expect(out).toMatch(/^LIVE {2}every-trigger-/);
  expect(code).toBe(0);
  expect((await status()).releases).toMatchObject([{ outcome: 'LIVE', trigger: { kind: 'code' } }]);
});
