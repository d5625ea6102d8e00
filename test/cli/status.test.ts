import { accessKeyOf } from '../../local/services/lambda/access-key.ts';
import { openStory } from '../stories/support/story.ts';
import { test } from '../stories/support/test.ts';
import {
  EXECUTION,
  RELEASE,
  write,
  writeLive,
  writeRemoved,
  writeWaiting,
  writeWatch,
} from './support/ledger.ts';
import { documentOf, typed } from './support/typed.ts';

test('tells what to do where nothing was released yet', async () => {
  const { world } = await openStory();

  expect(await typed(['status'], { world })).toEqual({
    code: 0,
    log: '',
    out: 'signalbox-prod in eu-west-1, account 123456789012; all times are UTC\n\nNothing has been released yet. npx signalbox start flight-delay',
  });
});

test('tells what waits for an approval, and how to answer', async () => {
  const { world } = await openStory();
  await writeWaiting(world);

  const { out } = await typed(['status'], { world });

  expect(out).toContain(`Waits for an approval\n  ${RELEASE}  approval until 2026-03-05 09:31 UTC`);
  expect(out).toContain(`npx signalbox approve ${RELEASE}   or reject ${RELEASE}`);
  expect(out).toMatch(new RegExp(`Runs\n.*\n  ${RELEASE} +2026-03-02 09:00 +image +approval until`));
});

test('tells who holds a turn and who waits', async () => {
  const { world } = await openStory();
  await write(world, 'turn', 'endpoint/flight-delay', {
    holder: EXECUTION,
    next: EXECUTION.replace(/one$/, 'two'),
    shifting: 'config-two',
  });
  await write(world, 'turn', 'pipeline/flight-delay', { live: 'nobody holds it' });

  const { out } = await typed(['status', 'flight-delay'], { world });

  expect(out).toMatch(
    /Turns\n {2}turn +held by +waits +shifting to\n {2}endpoint\/flight-delay +one +two +config-two$/,
  );
});

test('tells of a package’s turn only while somebody holds it', async () => {
  const { world } = await openStory();
  await write(world, 'turn', 'package/one', { ttl: 'free again' });
  await write(world, 'turn', 'package/two', { ttl: 'held', holder: EXECUTION });

  const { turns } = documentOf(await typed(['status', '--json'], { world }));

  expect(turns).toMatchObject([{ subject: 'package/two', holder: EXECUTION }]);
});

test('tells what serves and what did before', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second', 'third');

  const { out } = await typed(['status'], { world });

  expect(out).toMatch(/Serves\n.*\n {2}flight-delay +third +2026-03-03 09:00 +second$/);
});

test('tells what the endpoint came back from', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second', 'third', 'second');

  const { out } = await typed(['status'], { world });

  expect(out).toMatch(/ {2}flight-delay +second +2026-03-04 09:00, back from third +first$/);
});

test('tells what is watched until when, and what an alarm would bring back', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second');
  await writeWatch(world, 'second', 'first-r0');
  await writeWatch(world, 'elsewhere', '');

  const { out } = await typed(['status'], { world });

  expect(out).toMatch(
    /Watched\n {2}endpoint +release +until +an alarm brings back\n {2}flight-delay +elsewhere +2026-03-03 09:00 +nothing: it is the first\n {2}flight-delay +second +2026-03-03 09:00 +first/,
  );
});

test('forgets what was cleaned up', async () => {
  const { world } = await openStory();
  await writeLive(world, 'first', 'second', 'third');
  await writeRemoved(world, 'second');

  const { out } = await typed(['status'], { world });

  expect(out).toMatch(/ {2}flight-delay +third +2026-03-03 09:00 +first$/);
});

test('tells the latest releases with their reasons', async () => {
  const story = await openStory();
  const { world } = story;
  story.upload('1.json');
  await story.released();
  story.play({ metrics: { challenger: { auc: 0.5, logLoss: 0.4 }, champion: { auc: 0.7, logLoss: 0.4 } } });
  await typed(['start', 'flight-delay', '--fresh', '--wait'], { world });

  const { out } = await typed(['status', 'flight-delay'], { world });
  const document = documentOf(await typed(['status', '--json'], { world }));

  expect(out).toMatch(
    /Released\n.*\n {2}flight-delay-\S+ +REJECTED .* manual\n {4}› auc 0\.5 is below the floor of 0\.6/,
  );
  expect(out).toMatch(/\n {2}flight-delay-\S+ +LIVE .* data/);
  expect(document.releases).toMatchObject([
    {
      outcome: 'REJECTED',
      trigger: { kind: 'manual' },
      reasons: [expect.stringContaining('auc 0.5'), expect.anything()],
    },
    { outcome: 'LIVE', trigger: { kind: 'data' }, reasons: [] },
  ]);
});

test('tells which uploads are being gathered', async () => {
  const story = await openStory();
  story.upload('1.json');
  await story.pass({ minutes: 0.1 });

  const { out } = await typed(['status'], { world: story.world });

  expect(out).toMatch(
    /Gathers uploads\n {2}flight-delay {2}since 2026-03-02 09:00, last upload 2026-03-02 09:00$/,
  );
});

test('says in which state a running release is', async () => {
  const story = await openStory();
  const { world } = story;
  await story.start({ pipeline: 'flight-delay' });
  await story.pass({ minutes: 7 });
  const [execution] = story.executions('release');
  await write(world, 'running', execution!.arn, {
    pipeline: 'flight-delay',
    release: RELEASE,
    startedAt: '',
  });

  const { running } = documentOf(await typed(['status', '--json'], { world }));

  expect(running).toMatchObject([{ release: RELEASE, state: 'Train the challenger' }]);
});

test('stays short however much the ledger holds', async () => {
  const { world } = await openStory();
  for (let at = 10; at < 50; at += 1) {
    await write(world, 'pipeline/flight-delay', `release/flight-delay-26030209${at}-00000000`, {
      outcome: 'FAILED',
      startedAt: `2026-03-02T09:${at}:00.000Z`,
      reasons: JSON.stringify(['x'.repeat(2000), 'y'.repeat(2000)]),
      trigger: JSON.stringify({ kind: 'data', detail: 'z'.repeat(1000) }),
      plan: 'p'.repeat(30_000),
    });
  }

  const { releases } = documentOf(await typed(['status', 'flight-delay', '--json'], { world }));

  expect(releases).toHaveLength(20);
  expect(releases[0]).toMatchObject({
    release: 'flight-delay-2603020949-00000000',
    trigger: { kind: 'data' },
  });
  expect(releases[0].reasons[0]).toMatch(/^x{590,600}…$/);
});

test('names the pipelines that there are', async () => {
  const { world } = await openStory();

  expect(await typed(['status', 'flight'], { world })).toMatchObject({
    code: 2,
    log: expect.stringContaining('Pipelines: flight-delay'),
  });
});

test('names the stages that there are', async () => {
  const { world } = await openStory();

  expect(await typed(['status', '--stage', 'dev'], { world })).toMatchObject({
    code: 3,
    log: expect.stringMatching(/no Signalbox stack of stage dev in eu-west-1\.\n.*Stages there: prod/),
  });
});

test('says which right is missing', async () => {
  const { world } = await openStory();
  const role = world.iam.roleArns().find((arn) => arn.includes('TrainMachineRole'))!;
  const environment = {
    AWS_ACCESS_KEY_ID: accessKeyOf(role),
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'eu-west-1',
  };
  Object.assign(process.env, environment);
  try {
    expect(await typed(['status'], { world, environment })).toMatchObject({
      code: 3,
      log: expect.stringMatching(/You have no right to do this\.\n.*states:ListStateMachines/),
    });
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
  }
});
