import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../packaging/root.ts';
import { documentOf, typed } from './support/typed.ts';

const COMMANDS = ['check', 'start', 'status', 'approve', 'reject', 'rollback'];

test.each(COMMANDS)('%s tells what it does, with an example', async (name) => {
  const { code, out } = await typed([name, '--help']);

  expect(out).toContain(`npx signalbox ${name}`);
  expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  expect(code).toBe(0);
});

test('tells all commands, and that one is needed', async () => {
  const asked = await typed(['--help']);
  const bare = await typed([]);

  for (const name of COMMANDS) expect(asked.out).toContain(`\n  ${name} `);
  expect(bare).toEqual({ ...asked, code: 2 });
  expect(await typed(['help', 'start'])).toMatchObject({ code: 0, out: expect.stringContaining('--set') });
});

test.each([
  [['strat', 'x'], 'There is no command strat; did you mean start?'],
  [['frobnicate'], 'There is no command frobnicate.'],
  [['--stage', 'dev', 'status'], 'The command comes first, then --stage.'],
  [['status', '--jsno'], 'status has no option --jsno; did you mean --json?'],
  [['status', 'one', 'two'], 'status takes at most one pipeline; "two" is too much.'],
  [['start'], 'start needs one pipeline.'],
  [['start', 'x', '--set'], "Option '--set <value>' argument missing."],
  [['status', '--region', ''], '--region is empty.'],
])('refuses %j with what was probably meant', async (words, message) => {
  const { code, out, log } = await typed(words);

  expect(log).toContain(`error: ${message}`);
  expect(code).toBe(2);
  expect(out).toBe('');
});

test('tells an error as one document, too', async () => {
  const seen = await typed(['strat', '--json']);

  expect(documentOf(seen)).toEqual({
    error: {
      name: 'UsageError',
      message: 'There is no command strat; did you mean start?',
      hints: expect.arrayContaining([expect.stringContaining('Commands: check, start')]),
      exitCode: 2,
    },
  });
});

test('is run by an unchanged Node as npx runs it', () => {
  const run = spawnSync(process.execPath, [join(projectRoot, 'cli/signalbox.mjs'), 'frobnicate'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

  expect(run).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('There is no command'),
  });
});
