import { expect, test } from '@jest/globals';
import { unpack } from '../../../local/services/lambda/function-code.ts';
import { runInWorker } from '../../../local/services/lambda/function-worker.ts';
import { errorAnswer } from '../../../local/services/lambda/worker-protocol.ts';
import { functionZip } from './function-zip.ts';

const timedOut = errorAnswer('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 6.00 seconds');

/** Invokes a function of these lines again and again. */
function functionOf(key: string, code: string) {
  const { directory } = unpack(functionZip({ 'index.mjs': code }));
  const spec = { key, directory, handler: 'index.handler', env: {} };
  const context = {
    awsRequestId: '1',
    functionName: 'f',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/f',
    logStreamName: 's',
  };
  return (event: object, limitMs = 30_000) =>
    runInWorker(
      spec,
      { event: JSON.stringify(event), context, nowMs: 0, speed: 0, timeoutMs: 6_000 },
      limitMs,
      timedOut,
      () => {},
    );
}

test('an invocation that takes too long is cut off, and the next one starts anew', async () => {
  const invoke = functionOf(
    'hangs',
    'export const handler = async ({ hangs }) => { while (hangs); return "awake"; };',
  );

  expect(await invoke({ hangs: true }, 300)).toEqual(timedOut);
  expect(await invoke({ hangs: false })).toEqual({ payload: '"awake"', isError: false });
});

test('a function that ends itself after its answer does not harm the next invocation', async () => {
  const invoke = functionOf(
    'ends',
    'export const handler = async ({ ends }) => { if (ends) setTimeout(() => { throw new Error("late"); }, 5); return "done"; };',
  );

  expect(await invoke({ ends: true })).toEqual({ payload: '"done"', isError: false });
  await new Promise((resolve) => setTimeout(resolve, 200));

  expect(await invoke({ ends: false })).toEqual({ payload: '"done"', isError: false });
});
