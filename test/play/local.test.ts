import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { projectRoot } from '../../packaging/root.ts';

const children: ChildProcess[] = [];
const directories: string[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A temporary directory of its own, so that what is left over shows. */
const start = (...options: string[]) => run(process.execPath, ['play/local/main.ts', ...options]);

const run = (command: string, words: readonly string[]) => {
  const home = mkdtempSync(join(tmpdir(), 'run-'));
  directories.push(home);
  const child = spawn(command, words, {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: home, NODE_OPTIONS: '', FORCE_COLOR: '1', npm_lifecycle_event: 'local' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let errors = '';
  child.stderr!.on('data', (chunk) => {
    errors += chunk;
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, home, lines, ended, errors: () => errors };
};

const until = async (
  lines: AsyncIterator<string>,
  isWanted: (line: string) => boolean,
): Promise<readonly string[]> => {
  const seen: string[] = [];
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The run ended early:\n${seen.join('\n')}`);
    seen.push(value);
    if (isWanted(value)) return seen;
  }
};

test('tells a person how to reach it, and closes without a trace', async () => {
  const { child, home, lines, ended } = start('--runner', 'simulated');

  const welcome = (await until(lines, (line) => line.startsWith('Ctrl+C'))).join('\n');
  const shellFile = / \. (\S+exports\.sh)/.exec(welcome)?.[1] ?? '';
  const exports = readFileSync(shellFile, 'utf8');
  child.kill('SIGTERM');

  expect(await ended).toBe(0);
  expect(welcome).toMatch(/export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+/);
  expect(welcome).toContain('become ReleaseMachineRole');
  expect(welcome).toContain('stateMachine:signalbox-prod-release');
  expect(welcome).not.toContain('\u001b');
  expect(exports).toContain('export AWS_DISABLE_HOST_PREFIX_INJECTION=true');
  expect(exports).toMatch(/ReleaseMachineRole\) export AWS_ACCESS_KEY_ID=AKIA[0-9A-F]{16}/);
  expect(readdirSync(home)).toEqual([]);
});

test('tells a program how to reach it and what happens, and runs what a client starts', async () => {
  const { child, lines, ended } = start('--json', '--runner', 'simulated', '--speed', '240');

  const ready = JSON.parse((await until(lines, (line) => line.startsWith('{"ready":true'))).at(-1)!);
  const sfn = new SFNClient({
    endpoint: ready.endpointUrl,
    region: ready.region,
    credentials: { accessKeyId: ready.environment.AWS_ACCESS_KEY_ID, secretAccessKey: 'any' },
  });
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: ready.shortcuts.RELEASE,
      input: readFileSync(join(projectRoot, 'events/console/release.json'), 'utf8'),
    }),
  );
  await until(lines, (line) => line.includes(executionArn!.split(':').at(-1)!));
  const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  sfn.destroy();
  child.kill('SIGINT');

  expect(['RUNNING', 'SUCCEEDED', 'FAILED']).toContain(status);
  expect(await ended).toBe(0);
});

test('keeps the files of a world that has a place of its own', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kept-'));
  directories.push(directory);
  const { child, lines, ended } = start('--json', '--runner', 'simulated', '--directory', directory);

  await until(lines, (line) => line.startsWith('{"ready":true'));
  child.kill('SIGTERM');
  await ended;

  expect(existsSync(join(directory, 'exports.sh'))).toBe(true);
  expect(existsSync(join(directory, 'samples/2001-03.json'))).toBe(true);
});

test('ends when nobody reads it any more', async () => {
  const { child, home, lines, ended } = start('--json', '--runner', 'simulated');
  const ready = JSON.parse((await until(lines, (line) => line.startsWith('{"ready":true'))).at(-1)!);
  const sfn = new SFNClient({
    endpoint: ready.endpointUrl,
    region: ready.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'any' },
  });

  child.stdout!.destroy();
  await sfn
    .send(new StartExecutionCommand({ stateMachineArn: ready.shortcuts.RELEASE, input: '{"pipeline":"x"}' }))
    .catch(() => undefined);
  sfn.destroy();

  expect(await ended).toBe(0);
  expect(readdirSync(home)).toEqual([]);
});

test('ends with the shell that npm runs it in', async () => {
  const inShell = '"$0" play/local/main.ts --json --runner simulated; true';
  const { child, home, lines, ended } = run('sh', ['-c', inShell, process.execPath]);
  await until(lines, (line) => line.startsWith('{"ready":true'));

  child.kill('SIGKILL');

  // The pipe of its output is closed by the last who holds it, which is the run.
  await ended;
  expect(readdirSync(home)).toEqual([]);
});

test('says what to do when its port is taken', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };

  const { ended, errors } = start('--port', String(port));
  const code = await ended;
  taken.close();

  expect(code).toBe(1);
  expect(errors()).toContain(
    `Port ${port} on 127.0.0.1 is taken. Give another --port, or none for a free one.`,
  );
  expect(errors()).not.toContain(' at ');
});

test.each([
  [['--speed', 'fast'], '--speed is fast; give a whole number from 1 to 240.'],
  [['--port', '70000'], '--port is 70000; give a whole number from 1 to 65535.'],
  [['--runner', 'docker'], '--runner is docker; give process or simulated.'],
  [['--scenario', 'flood'], '--scenario is flood; give spot or faulty-image.'],
  [['--scenario', 'faulty-image', '--runner', 'simulated'], '--runner simulated does not run; leave one of'],
  [['--directory', 'package.json'], '--directory is package.json, which is no directory.'],
  [['--loud'], "Unknown option '--loud'"],
])('says what is wrong with %j', async (options, message) => {
  const { ended, errors } = start(...options);

  expect(await ended).toBe(1);
  expect(errors()).toContain(message);
});

test('tells what it can do', async () => {
  const { lines, ended } = start('--help');

  await until(lines, (line) => line.includes('npm run local -- [options]'));
  expect(await ended).toBe(0);
});
