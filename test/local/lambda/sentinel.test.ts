import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { unpack } from '../../../local/services/lambda/function-code.ts';
import { functionZip } from './function-zip.ts';

const source = (path: string): string =>
  JSON.stringify(new URL(`../../../local/services/lambda/${path}`, import.meta.url).href);

const LIMITS = '{ limitMs: 600, lookEveryMs: 30 }';

/** Keeps the thread to itself for so long of the process's own time. */
const busyFor = (ms: number): string => `
  sentinel.enter();
  process.stdout.write('inside');
  const before = process.cpuUsage();
  let spent;
  do spent = process.cpuUsage(before);
  while (spent.user + spent.system < ${ms * 1000});
  sentinel.leave();
`;

const watched = (work: string): string => `
  import inspector from 'node:inspector';
  import { Sentinel, startWatch } from ${source('thread/sentinel.ts')};
  startWatch(${LIMITS});
  const sentinel = new Sentinel('busy');
  await new Promise((resolve) => setTimeout(resolve, 100));
  ${work}
`;

/** Runs a module in a process of its own. */
function child(code: string) {
  const spawned = spawn(process.execPath, ['--input-type=module', '--eval', code]);
  const out = { text: '' };
  spawned.stderr.setEncoding('utf8').on('data', (text: string) => {
    out.text += text;
  });
  const ended = once(spawned, 'close').then(([code, signal]) => ({ code, signal, told: out.text }));
  return { spawned, ended };
}

describe('a trusted function', () => {
  test.concurrent('that never comes back ends the process, with a word about who it was and what to do', async () => {
    const code = 'export const handler = ({ hangs }) => { while (hangs); return "awake"; };';
    const { directory, hash: key } = unpack(functionZip({ 'index.mjs': code }));
    const env = { AWS_LAMBDA_FUNCTION_NAME: 'prod-endless' };
    const spec = JSON.stringify({ kind: 'thread', key, directory, handler: 'index.handler', env });

    const {
      code: exitCode,
      signal,
      told,
    } = await child(`
      import { startWatch } from ${source('thread/sentinel.ts')};
      import { runInEnvironment } from ${source('warm-environments.ts')};
      startWatch(${LIMITS});
      const invoke = (event) => runInEnvironment(${spec}, {
        invocation: { event, context: {}, nowMs: 0, speed: 0, timeoutMs: 6_000, endpointUrl: '' },
        limitMs: 30_000,
        timedOut: { payload: '{}', isError: true },
        log: () => {},
      });
      for (let count = 0; count < 21; count += 1) await invoke('{}');
      await invoke('{"hangs":true}');
    `).ended;

    expect([exitCode, signal]).toEqual([null, 'SIGKILL']);
    expect(told).toContain('The function prod-endless has been running for 0.6 s');
    expect(told).toContain('What to do: look for a loop without an end');
  });

  test.concurrent('that comes back in time is let alone, however often', async () => {
    const work = `for (let round = 0; round < 12; round += 1) { ${busyFor(60)} }`;

    expect(await child(watched(work)).ended).toEqual({ code: 0, signal: null, told: '' });
  });

  test.concurrent('is let alone by a machine that slept meanwhile', async () => {
    const { spawned, ended } = child(watched(busyFor(60)));

    await once(spawned.stdout, 'data');
    spawned.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    spawned.kill('SIGCONT');

    expect(await ended).toEqual({ code: 0, signal: null, told: '' });
  });

  test.concurrent('is let alone under a debugger', async () => {
    const { code, signal } = await child(watched(`inspector.open(0); ${busyFor(800)}`)).ended;

    expect([code, signal]).toEqual([0, null]);
  });
});
