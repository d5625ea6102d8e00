import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../packaging/root.ts';
import { documentOf, typed } from './support/typed.ts';

let folder: string;
const sample = readFileSync(join(projectRoot, 'pipelines/flight-delay.yaml'), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The sample pipeline with changes, in a file of its own. */
function file(...changes: readonly (readonly [string, string])[]): string {
  const path = join(folder, 'flight-delay.yaml');
  writeFileSync(
    path,
    changes.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replaceAll(from, to);
    }, sample),
  );
  return path;
}

test('shows what a release does, step by step', async () => {
  const { code, out } = await typed(['check']);

  expect(out).toMatch(/^ok {3}pipelines\/flight-delay\.yaml/);
  expect(out).toMatch(/process +flight-delay:stable +1 × ml\.m5\.xlarge, 30 GB +1 h +<release>-process\n/);
  expect(out).toMatch(/ 1 × ml\.m5\.2xlarge, 30 GB spot +4 h, 8 h with waiting +<release>-train-2\n/);
  expect(out).toMatch(
    /deploy +flight-delay:stable +4 × ml\.c5\.large +canary 25 %, 10 min bake +<release>-r0\n/,
  );
  expect(out).toContain('auc may drop by 0.01 against the champion');
  expect(code).toBe(0);
});

test('forecasts what a release and its endpoint may cost, and says where the prices come from', async () => {
  const { out } = await typed(['check', '--region', 'us-east-1']);

  expect(out).toMatch(/train on Spot +1 × ml\.m5\.xlarge +0\.23 +4 h +0\.09 to 0\.92\n/);
  expect(out).toMatch(/a release +at most 4\.55\n/);
  expect(out).toMatch(/endpoint +4 × ml\.c5\.large +0\.102 +a month +297\.84\n/);
  expect(out).toMatch(/Prices of us-east-1, 20\d\d-\d\d: AWS Price List API/);
});

test('marks prices of another region', async () => {
  const { out } = await typed(['check', '--region', 'eu-west-1']);

  expect(out).toMatch(/process +1 × ml\.m5\.xlarge +0\.257 eu-west-1 /);
  expect(out).toMatch(/endpoint +4 × ml\.c5\.large +0\.102 us-east-1 /);
});

test('says that a price is unknown, and takes one', async () => {
  const path = file(['ml.c5.large', 'ml.c7g.large']);

  const unknown = await typed(['check', path]);
  const told = documentOf(await typed(['check', path, '--price', 'ml.c7g.large=0.1', '--json']));

  expect(unknown.out).toMatch(/endpoint +4 × ml\.c7g\.large +unknown +a month +unknown\n/);
  expect(unknown.out).toMatch(/a release +unknown\n/);
  expect(unknown.out).toContain('There is no price for ml.c7g.large for hosting; tell one with --price');
  expect(told.files[0].cost.endpoint.monthUsd).toBe(292);
  expect(told.files[0].cost.unknownTypes).toEqual([]);
});

test('tells every fault with its place, of rules and of types alike', async () => {
  const path = file(['count: 4', 'count: 1'], ['ladder: [ml.m5.2xlarge]', 'ladder: [ml.m5.2xlrge]']);

  const { code, out } = await typed(['check', path]);

  expect(out).toContain('  $.deploy.instances.count is 1; a canary needs at least 2 instances');
  expect(out).toContain(
    '  $.train.spot.ladder[0] is ml.m5.2xlrge, which SageMaker does not offer for training; did you mean ml.m5.2xlarge?',
  );
  expect(out).toMatch(/2 faults\.$/);
  expect(code).toBe(1);
});

test.each([
  ['a type that trains but does not serve', ['ml.c5.large', 'ml.p3dn.24xlarge'], '$.deploy.instances.type'],
  [
    'what SageMaker takes for no name',
    ['group: flight-delay', `group: ${'a'.repeat(64)}`],
    '$.register.group',
  ],
  ['a hyperparameter that is too long', ['epochs: 12', `epochs: ${'x'.repeat(3000)}`], '$.train'],
] as const)('refuses %s', async (_, change, place) => {
  const { files } = documentOf(await typed(['check', file(change), '--json']));

  expect(files[0].faults).toMatchObject([{ path: place }]);
});

describe('the way into production', () => {
  const shifted = async (shift: string, ...changes: readonly (readonly [string, string])[]) =>
    await typed([
      'check',
      file(
        ['{ type: canary, percent: 25, bakeSeconds: 600, terminationWaitSeconds: 120 }', shift],
        ...changes,
      ),
      '--region',
      'us-east-1',
    ]);

  test.each([
    [
      '{ type: linear, stepPercent: 50 }',
      'linear, 50 % each 5 min',
      /second fleet +4 × ml\.c5\.large +0\.102 +27 min +0\.18\n/,
    ],
    [
      '{ type: rolling }',
      'rolling, 25 % each 5 min',
      /one batch +1 × ml\.c5\.large +0\.102 +1 h 20 min +0\.14\n/,
    ],
    [
      '{ type: all-at-once }',
      'all-at-once, 10 min bake',
      /second fleet +4 × ml\.c5\.large +0\.102 +27 min +/,
    ],
    ['{ type: canary, instances: 1 }', 'canary 1 instance, 10 min bake', /second fleet +4 × /],
    [
      '{ type: weights, steps: [10], instances: 1 }',
      'weights 10, 100 %, 5 min each',
      /weights trial +1 × ml\.c5\.large +0\.102 +29 min +0\.05\n +champion again +4 × ml\.c5\.large +0\.102 +15 min +0\.10\n +second fleet +4 × ml\.c5\.large +0\.102 +15 min /,
    ],
    [
      '{ type: shadow, then: { type: rolling } }',
      'shadow for 1 h, then rolling, 25 % each 5 min',
      /shadow trial +4 × ml\.c5\.large +0\.102 +1 h 30 min +0\.61\n +champion again +4 × ml\.c5\.large +0\.102 +30 min +0\.20\n +one batch +1 × /,
    ],
  ])('is told with the instances that it takes besides: %s', async (shift, told, cost) => {
    const { out, code } = await shifted(shift);

    expect(out).toContain(` ${told} `);
    expect(out).toMatch(cost);
    expect(code).toBe(0);
  });

  test('is told with its comparison, its alarms, its watch and what is kept', async () => {
    const { out } = await shifted(
      '{ type: shadow, percent: 20, instances: 1, compare: { atLeastRequests: 500 } }\n  watch: { seconds: 172800 }\n  keep: 1',
      ['periods: 2', 'periods: 3, named: [checkout]'],
    );

    expect(out).toContain(
      'tries     the challenger on 1 instance beside the champion, with copies of 20 % of its requests: at least 500, errors',
    );
    expect(out).toContain('alarms    errorRatePercent 5, p99LatencyMs 1000, checkout: 3 min over a limit');
    expect(out).toContain('watches   48 h more, in which an alarm still brings the champion back');
    expect(out).toContain('keeps     1 release that served before');
  });

  test('says of a compilation what it is for, and that nothing is known of its price', async () => {
    const { out } = await shifted('{ type: canary }', [
      'evaluate:\n',
      'compile: { framework: XGBOOST, target: ml_c5 }\nevaluate:\n',
    ]);

    expect(out).toMatch(/compile +named by Neo +for ml_c5 +30 min +<release>-compile\n/);
    expect(out).toContain('The compilation is not counted: no price of Neo was found.');
  });

  test.each([
    [
      'a field of another type',
      '{ type: rolling, percent: 25 }',
      '$.deploy.shift.percent',
      'means nothing to rolling',
    ],
    ['what guardrails leave out', '{ type: linear }', '$.deploy.shift.type', 'choose weights'],
  ])('is refused with %s', async (_, shift, path, message) => {
    const { out, code } = await shifted(shift, ['ml.c5.large', 'ml.inf1.xlarge']);

    expect(out).toContain(`  ${path} `);
    expect(out).toContain(message);
    expect(code).toBe(1);
  });
});

test('says which file it cannot read, and why', async () => {
  writeFileSync(join(folder, 'one.yaml'), 'name: [one');

  expect(await typed(['check', join(folder, 'one.yaml')])).toMatchObject({
    code: 1,
    out: expect.stringContaining('Flow sequence in block collection'),
  });
  expect(await typed(['check', 'pipelines/nowhere.yaml'])).toMatchObject({
    code: 2,
    log: expect.stringContaining('There are pipelines/flight-delay.yaml.'),
  });
  expect(await typed(['check', '--price', 'ml.c5.large'])).toMatchObject({ code: 2 });
});
