import { openStory } from '../stories/support/story.ts';
import { test } from '../stories/support/test.ts';
import { documentOf, typed } from './support/typed.ts';

test('starts a release with overrides that keep their types', async () => {
  const { world } = await openStory();

  const seen = await typed(
    [
      'start',
      'flight-delay',
      '--set',
      'train.hyperparameters.epochs=20',
      '--set',
      'train.spot.ladder=["ml.m5.4xlarge"]',
      '--set',
      'train.environment.LOG_LEVEL=debug',
      '--set',
      'train.hyperparameters["a.b"]=true',
      '--intent',
      'nightly/1',
      '--fresh',
      '--fail-unless-live',
      '--json',
    ],
    { world },
  );

  const { executionArn, pipeline } = documentOf(seen);
  const execution = world.stepfunctions.executions().find(({ arn }) => arn === executionArn);
  expect(seen).toMatchObject({ code: 0, log: '' });
  expect(pipeline).toBe('flight-delay');
  expect(JSON.parse(execution!.input)).toEqual({
    pipeline: 'flight-delay',
    trigger: { kind: 'manual', detail: 'npx signalbox start', by: 'you' },
    overrides: {
      train: {
        hyperparameters: { epochs: 20, 'a.b': true },
        spot: { ladder: ['ml.m5.4xlarge'] },
        environment: { LOG_LEVEL: 'debug' },
      },
    },
    intent: 'nightly/1',
    fresh: true,
    failUnlessLive: true,
  });
});

test('tells each step until the release is live', async () => {
  const { world } = await openStory();

  const { code, out, log } = await typed(['start', 'flight-delay', '--wait'], { world });

  expect(out).toMatch(/^LIVE {2}flight-delay-\S+\n/);
  expect(out).toMatch(/endpoint flight-delay serves flight-delay-\S+/);
  expect(out).toContain('auc             0.7      none');
  expect(log).toMatch(/\d\d:\d\d:\d\d {2}Train the challenger\n/);
  expect(log).toMatch(/\d\d:\d\d:\d\d {4}Train on this rung\n/);
  expect(code).toBe(0);
});

test('exits with 1 when the release ends otherwise', async () => {
  const { world } = await openStory({
    metrics: { challenger: { auc: 0.5, logLoss: 0.4 }, champion: { auc: 0.7, logLoss: 0.4 } },
  });

  const { code, out } = await typed(['start', 'flight-delay', '--wait'], { world });

  expect(out).toContain('REJECTED  flight-delay-');
  expect(out).toContain('› auc 0.5 is below the floor of 0.6');
  expect(code).toBe(1);
});

test('reads the outcome of an execution that was to fail unless it is live', async () => {
  const { world } = await openStory({
    metrics: { challenger: { auc: 0.5, logLoss: 0.4 }, champion: { auc: 0.7, logLoss: 0.4 } },
  });

  const seen = await typed(['start', 'flight-delay', '--wait', '--fail-unless-live', '--json'], { world });

  expect(documentOf(seen)).toMatchObject({
    outcome: 'REJECTED',
    reasons: [expect.stringMatching(/^auc 0\.5 is below the floor of 0\.6/)],
  });
  expect(seen.code).toBe(1);
});

test('tells why an execution failed, also where no outcome came', async () => {
  const { world } = await openStory({ image: null });

  const { code, out } = await typed(['start', 'flight-delay', '--wait', '--json'], { world });

  const [told] = [...world.dynamodb.table(world.outputs.LedgerTableName!).all()].filter(
    ({ pk }) => (pk as { S: string }).S === 'pipeline/flight-delay',
  );
  expect(JSON.parse(out)).toMatchObject({
    release: (told!.sk as { S: string }).S.replace('release/', ''),
    outcome: 'FAILED',
    reasons: [expect.stringMatching(/^ImageMissingError: [^{]*flight-delay:stable[^{]* is not in ECR/)],
  });
  expect(code).toBe(1);
});

test('leaves the release alone when somebody stops watching', async () => {
  const { world } = await openStory();

  const { code, log } = await typed(['start', 'flight-delay', '--wait'], { world, stops: true });

  expect(log).toContain('Stopped following. The release goes on.');
  expect(code).toBe(130);
  expect(
    world.stepfunctions.executions().find(({ machineName }) => machineName.endsWith('-release')),
  ).toMatchObject({
    status: 'RUNNING',
  });
});

globalThis.test.each([
  [['--set', 'epochs'], '--set is "epochs"; it must be path=value.'],
  [['--set', 'trian.x=1'], '--set trian is not a known field; did you mean train?'],
  [['--set', 'train.instances.count=many'], '--set train.instances.count is "many"; must be of type'],
  [['--set', 'train.environment.A=1'], 'as text it is written \'"1"\''],
  [['--set', 'evaluate.gates[0].atLeast=1'], 'give the whole list as JSON'],
  [['--set', 'train.x=1', '--set', 'train=2'], 'this is set twice'],
  [['--set', 'train=2', '--set', 'train.x=1'], 'train was set to a value before'],
  [['--set', 'train..x=1'], 'is no path'],
  [['--commit', '0f1e2d3c', '--fresh'], 'a push says nothing of --fresh'],
  [['--branch', 'main'], '--branch belongs to a push; name it with --commit.'],
])('refuses %j before AWS is asked', async (options, message) => {
  const { code, out, log } = await typed(['start', 'flight-delay', ...options]);

  expect(log).toContain(message);
  expect(out).toBe('');
  expect(code).toBe(2);
});

test('refuses what this stack does not know, and starts nothing', async () => {
  const { world } = await openStory();
  const logOf = async (...words: string[]): Promise<string> =>
    (await typed(['start', ...words], { world })).log;

  expect(await logOf('flight-dely')).toContain(
    'There is no pipeline flight-dely in this stack; did you mean flight-delay?',
  );
  expect(await logOf('flight-delay', '--commit', 'abc')).toContain(
    '--commit is "abc"; give the commit\'s id',
  );
  expect(await logOf('flight-delay', '--commit', '0f1e2d3c')).toContain('Which repository was pushed to?');
  expect(world.stepfunctions.executions().map(({ machineName }) => machineName)).not.toContain(
    'signalbox-prod-release',
  );
});

test('tells the stack of a push on its own bus', async () => {
  const sent: unknown[] = [];
  const { world } = await openStory({
    event: ({ source, detail }) => {
      if (source === 'signalbox.code') sent.push(detail);
      return 'deliver';
    },
  });

  const seen = await typed(
    ['start', 'flight-delay', '--commit', '0f1e2d3c', '--previous-commit', 'aa11bb22', '--json'].concat([
      '--repository',
      'flight-delay-model',
      '--branch',
      'main',
    ]),
    { world },
  );

  const push = {
    repository: 'flight-delay-model',
    branch: 'main',
    commit: '0f1e2d3c',
    previousCommit: 'aa11bb22',
    by: 'you',
  };
  expect(documentOf(seen)).toEqual({ pipeline: 'flight-delay', event: push });
  expect(sent).toEqual([push]);
});
