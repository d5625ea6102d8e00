import { expect, test } from '@jest/globals';
import { unpack } from '../../../local/services/lambda/function-code.ts';
import { runInWorker } from '../../../local/services/lambda/function-worker.ts';
import { errorAnswer } from '../../../local/services/lambda/worker-protocol.ts';
import { functionZip } from './function-zip.ts';

test('an invocation that takes too long is cut off, and the next one starts anew', async () => {
  const { directory } = unpack(
    functionZip({
      'index.mjs': 'export const handler = async ({ hangs }) => { while (hangs); return "awake"; };',
    }),
  );
  const spec = { key: 'hangs', directory, handler: 'index.handler', env: {} };
  const timedOut = errorAnswer('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 6.00 seconds');
  const invoke = (event: object, limitMs: number) =>
    runInWorker(
      spec,
      {
        event: JSON.stringify(event),
        context: {
          awsRequestId: '1',
          functionName: 'f',
          functionVersion: '$LATEST',
          invokedFunctionArn: 'arn',
          memoryLimitInMB: '128',
          logGroupName: '/aws/lambda/f',
          logStreamName: 's',
        },
        nowMs: 0,
        speed: 0,
        timeoutMs: 6_000,
      },
      limitMs,
      timedOut,
      () => {},
    );

  expect(await invoke({ hangs: true }, 300)).toEqual(timedOut);
  expect(await invoke({ hangs: false }, 30_000)).toEqual({ payload: '"awake"', isError: false });
});
