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
