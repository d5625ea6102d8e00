import { describe, expect, test } from '@jest/globals';
import type { EnvironmentKind } from '../../../local/services/lambda/environment.ts';
import { unpack } from '../../../local/services/lambda/function-code.ts';
import { errorAnswer } from '../../../local/services/lambda/invocation.ts';
import { runsInThread } from '../../../local/services/lambda/thread/thread-environment.ts';
import { runInEnvironment } from '../../../local/services/lambda/warm-environments.ts';
import { functionZip } from './function-zip.ts';

const timedOut = errorAnswer('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 6.00 seconds');

const context = {
  awsRequestId: '1',
  functionName: 'f',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn',
  memoryLimitInMB: '128',
  logGroupName: '/aws/lambda/f',
  logStreamName: 's',
};

/** Invokes a function of these lines again and again. */
function functionOf(kind: EnvironmentKind, code: string, env: Record<string, string> = {}) {
  const { directory, hash } = unpack(functionZip({ 'index.mjs': code }));
  const spec = {
    kind,
    key: `${kind} ${hash} ${JSON.stringify(env)}`,
    directory,
    handler: 'index.handler',
    env,
  };
  const answers = async (event: object, limitMs = 30_000) => {
    let log = '';
    const { payload, isError } = await runInEnvironment(spec, {
      invocation: {
        event: JSON.stringify(event),
        context,
        nowMs: 0,
        speed: 0,
        timeoutMs: 6_000,
        endpointUrl: 'http://127.0.0.1:1',
      },
      limitMs,
      timedOut,
      log: (text) => {
        log += text;
      },
    });
    return { answer: JSON.parse(payload), isError, log };
  };
  return Object.assign(answers, { isThread: runsInThread(directory, 'index.handler') });
}

describe.each<EnvironmentKind>(['thread', 'worker'])('a function in a %s', (kind) => {
  const answerOf = (code: string, env?: Record<string, string>) => functionOf(kind, code, env)({});

  test.each([
    ['at once', 'export const handler = async ({ hangs }) => { while (hangs); return "awake"; };'],
    [
      'after it waited',
      'export const handler = async ({ hangs }) => { await 1; while (hangs); return "awake"; };',
    ],
    [
      'in a timer',
      `export const handler = ({ hangs }) => new Promise((resolve) =>
         setTimeout(() => { while (hangs); resolve("awake"); }, 1));`,
    ],
    ['without an end', 'export const handler = ({ hangs }) => hangs ? new Promise(() => {}) : "awake";'],
  ])('that takes too long is cut off, and the next invocation starts anew: %s', async (_when, code) => {
    const invoke = functionOf(kind, code);

    expect(await invoke({ hangs: true }, 200)).toEqual({
      answer: JSON.parse(timedOut.payload),
      isError: true,
      log: '',
    });
    expect((await invoke({ hangs: false })).answer).toBe('awake');
  });

  test('that ends itself after its answer does not harm the next invocation', async () => {
    const invoke = functionOf(
      kind,
      'export const handler = async ({ ends }) => { if (ends) setTimeout(() => { throw new Error("late"); }, 5); return "done"; };',
    );

    expect((await invoke({ ends: true })).answer).toBe('done');
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect((await invoke({ ends: false })).answer).toBe('done');
  });

  test('meets only a realm of its own', async () => {
    const { answer } = await answerOf(
      `globalThis.leaked = 'yes';
       Array.prototype.leaked = 'yes';
       Date.leaked = 'yes';
       process.env.LEAKED = 'yes';
       export const handler = async () => ({ env: process.env, cwd: process.cwd().includes('functions'), argv: process.argv.length });`,
      { TABLE: 'ledger' },
    );

    expect(answer).toEqual({ env: { TABLE: 'ledger', LEAKED: 'yes' }, cwd: true, argv: expect.any(Number) });
    for (const place of [globalThis, Array.prototype, Date, process.env])
      expect(place).not.toHaveProperty('leaked');
    expect((await answerOf('export const handler = () => globalThis.leaked ?? "nothing";')).answer).toBe(
      'nothing',
    );
  });

  test('uses Node’s own modules', async () => {
    const { answer, log } = await answerOf(
      `import { createHash } from 'node:crypto';
       import { readFile } from 'node:fs/promises';
       import { setTimeout as sleep } from 'node:timers/promises';
       import { AsyncLocalStorage } from 'node:async_hooks';
       import { Console } from 'node:console';
       const storage = new AsyncLocalStorage();
       const own = new Console(process.stdout, process.stderr);
       export const handler = () => storage.run('kept', async () => {
         await sleep(2);
         const missing = await readFile('/not/there').catch((error) => error instanceof Error && error.code);
         own.log('own');
         console.error('standard');
         return {
           missing,
           stored: storage.getStore(),
           digest: createHash('md5').update('x').digest('hex'),
           bytes: Buffer.from('x') instanceof Uint8Array,
           later: typeof (await import('node:http')).request,
           url: new URL('/a', 'http://b').href,
         };
       });`,
    );

    expect(answer).toEqual({
      missing: 'ENOENT',
      stored: 'kept',
      digest: '9dd4e461268c8034f5c8564e155c67a6',
      bytes: true,
      later: 'function',
      url: 'http://b/a',
    });
    expect(log).toBe('own\nstandard\n');
  });

  test.each([
    [
      'rejects where nobody waits',
      'Promise.reject(new Error("lost")); await new Promise(() => {});',
      'Runtime.UnhandledPromiseRejection',
      'Error: lost',
    ],
    [
      'lets Node’s rejection go',
      '(await import("node:fs/promises")).readFile("/not/there"); await new Promise(() => {});',
      'Runtime.UnhandledPromiseRejection',
      'ENOENT',
    ],
    [
      'throws in a timer',
      'setTimeout(() => { throw new TypeError("late"); }, 1); await new Promise(() => {});',
      'TypeError',
      'late',
    ],
    [
      'exits',
      'try { process.exit(3); } catch {} await new Promise(() => {});',
      'Runtime.ExitError',
      'RequestId: 1 Error: Runtime exited with error: exit status 3',
    ],
    [
      'exits well',
      'process.exit(0);',
      'Runtime.ExitError',
      'RequestId: 1 Error: Runtime exited without providing a reason',
    ],
    ['throws', 'throw new RangeError("far");', 'RangeError', 'far'],
    ['throws what Node threw', '(await import("node:fs")).readFileSync("/not/there");', 'Error', 'ENOENT'],
    ['throws text', 'throw "just text";', 'string', 'just text'],
  ])('that %s fails as in Lambda', async (_what, lines, errorType, errorMessage) => {
    const { answer, isError } = await answerOf(`export const handler = async () => { ${lines} };`);

    expect(isError).toBe(true);
    expect(answer).toMatchObject({ errorType, errorMessage: expect.stringContaining(errorMessage) });
  });

  test.each([
    ['throws', 'throw new TypeError("early"); export const handler = 1;', 'TypeError', 'early'],
    ['exits', 'process.exit(4); export const handler = 1;', 'Runtime.ExitError', 'exit status 4'],
    [
      'imports what is not there',
      'import "not-there"; export const handler = 1;',
      'Runtime.ImportModuleError',
      "Cannot find package 'not-there'",
    ],
  ])('whose code %s while it is loaded fails as in Lambda', async (_what, code, errorType, errorMessage) => {
    expect((await answerOf(code)).answer).toMatchObject({
      errorType,
      errorMessage: expect.stringContaining(errorMessage),
    });
  });
});

test('a function that starts processes or has several files or awaits while it is loaded is left to a worker', () => {
  const isThread = (code: string) => functionOf('thread', code).isThread;

  expect(isThread('import "node:crypto"; export const handler = 1;')).toBe(true);
  expect(isThread('import "node:child_process"; export const handler = 1;')).toBe(false);
  expect(isThread('import "./other.mjs"; export const handler = 1;')).toBe(false);
  expect(isThread('import "not-there"; export const handler = 1;')).toBe(true);
  expect(isThread('export const handler = (;')).toBe(false);
  expect(isThread('await 1; export const handler = 1;')).toBe(false);
  expect(isThread('import "fflate"; export const handler = 1;')).toBe(false);
});
