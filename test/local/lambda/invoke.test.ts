import { beforeEach, describe, expect, test } from '@jest/globals';
import { accessKeyOf } from '../../../local/services/lambda/access-key.ts';
import type { EnvironmentKind } from '../../../local/services/lambda/environment.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount, START_MS } from '../support/open-account.ts';
import { functionZip, roleArn } from './function-zip.ts';

let world: World;
let call: Account['call'];
const open = async (): Promise<void> => {
  ({ world, call } = await openAccount());
};
beforeEach(open);

const zipPath = functionZip({
  'functions/many/handler.mjs': `
    let calls = 0;
    const started = Math.random();
    export const echo = async (event) => event;
    export const count = async () => ({ calls: ++calls, started });
    export const nothing = async () => {};
    export const env = async () => process.env;
    export const context = async (event, context) => ({
      ...context, remaining: context.getRemainingTimeInMillis(), now: new Date().toISOString(), typed: Date.now(),
      given: new Date(0).toISOString(), isDate: new Date() instanceof Date,
    });
    export const log = async () => { console.log('one'); console.error('two'); process.stdout.write('three\\nfour'); };
    class EvidenceNotReadyError extends Error { name = 'EvidenceNotReadyError'; }
    export const fail = async () => { throw new EvidenceNotReadyError('No metrics in ' + import.meta.dirname); };
    export const failWithText = async () => { throw 'just text'; };
    export const exit = async () => process.exit(3);
    export const reject = async () => { Promise.reject(new Error('nobody waits')); await new Promise(() => {}); };
    export const notAFunction = 1;
  `,
  'common.js': 'exports.handler = async () => ({ common: true });',
  'broken.mjs': 'export const handler = (;',
  'missing.mjs': `import 'not-there'; export const handler = () => {};`,
});

const create = (handler: string, more: object = {}) =>
  world.lambda.createFunction({ name: 'many', zipPath, handler, roleArn, ...more });

const invoke = async (input: object = {}) => {
  const answer = await call('Invoke', { FunctionName: 'many', ...input });
  return { ...answer, Payload: answer.Payload === '' ? undefined : JSON.parse(answer.Payload) };
};

const run = (exported: string, more: object = {}) => {
  create(`functions/many/handler.${exported}`, more);
  return invoke();
};

describe.each<EnvironmentKind>(['thread', 'worker'])('in a %s', (kind) => {
  beforeEach(() => {
    world.lambda.environments = kind;
  });

  describe('a function', () => {
    test('answers', async () => {
      create('functions/many/handler.echo');

      expect(await invoke({ Payload: '{"a":[1]}' })).toEqual({
        StatusCode: 200,
        Payload: { a: [1] },
        ExecutedVersion: '$LATEST',
      });
      expect((await invoke({ Payload: new TextEncoder().encode('"x"') })).Payload).toBe('x');
      expect((await invoke()).Payload).toEqual({});
      const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:many:3';
      expect(await invoke({ FunctionName: arn, Qualifier: '3' })).toMatchObject({ ExecutedVersion: '3' });
    });

    test('answers null when it returns nothing, and may be CommonJS', async () => {
      expect((await run('nothing')).Payload).toBeNull();
      create('common.handler');
      expect((await invoke()).Payload).toEqual({ common: true });
    });

    test('sees its own environment and nothing of this machine’s', async () => {
      process.env.A_SECRET = 'of this machine';
      const { Payload } = await run('env', { environment: { TABLE: 'ledger' }, memoryMb: 512 });
      delete process.env.A_SECRET;

      expect(Payload).toMatchObject({
        TABLE: 'ledger',
        TZ: 'UTC',
        AWS_REGION: 'eu-west-1',
        AWS_LAMBDA_FUNCTION_NAME: 'many',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        AWS_ACCESS_KEY_ID: accessKeyOf(roleArn),
      });
      expect(Payload.AWS_ACCESS_KEY_ID).toMatch(/^AKIA[0-9A-F]{16}$/);
      for (const name of ['A_SECRET', 'PATH', 'HOME', 'NODE_OPTIONS'])
        expect(Payload).not.toHaveProperty(name);
    });

    test('gets Lambda’s context, and the world’s time', async () => {
      const { Payload } = await run('context', { timeoutSeconds: 6 });

      expect(Payload).toMatchObject({
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionName: 'many',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:many',
        memoryLimitInMB: '128',
        logGroupName: '/aws/lambda/many',
        remaining: 6000,
        now: '2026-03-02T09:00:00.000Z',
        typed: START_MS,
        given: '1970-01-01T00:00:00.000Z',
        isDate: true,
      });
    });

    test('stays warm, also into the next world', async () => {
      const first = (await run('count')).Payload;
      await world.close();
      await open();
      world.lambda.environments = kind;
      const second = (await run('count')).Payload;

      expect(second).toEqual({ calls: first.calls + 1, started: first.started });
    });

    test('is not shared where its environment differs', async () => {
      const one = (await run('count', { environment: { TABLE: 'one' } })).Payload;
      const two = (await run('count', { environment: { TABLE: 'two' } })).Payload;

      expect(one.started).not.toBe(two.started);
    });

    test('writes into its own log', async () => {
      create('functions/many/handler.log');
      const { LogResult } = await invoke({ LogType: 'Tail' });

      expect(world.lambda.function('many').logs).toEqual(['one', 'two', 'three', 'four']);
      expect(Buffer.from(LogResult, 'base64').toString()).toBe('one\ntwo\nthree\nfour');
    });
  });

  describe('a function that fails', () => {
    test('answers with its error’s own name, in Lambda’s shape', async () => {
      const answer = await run('fail');

      expect(answer).toEqual({
        StatusCode: 200,
        FunctionError: 'Unhandled',
        ExecutedVersion: '$LATEST',
        Payload: {
          errorType: 'EvidenceNotReadyError',
          errorMessage: 'No metrics in /var/task/functions/many',
          trace: expect.arrayContaining([
            expect.stringContaining('No metrics in'),
            expect.stringContaining('file:///var/task/functions/many/handler.mjs'),
          ]),
        },
      });
      expect(answer.Payload.trace.join()).not.toContain(process.cwd());
      expect(world.journal.text()).toContain('lambda/many failed: EvidenceNotReadyError: No metrics in');
    });

    test.each([
      ['functions/many/handler.failWithText', 'string', 'just text'],
      ['functions/many/handler.notAFunction', 'Runtime.HandlerNotFound', 'is undefined or not exported'],
      ['functions/many/handler.reject', 'Runtime.UnhandledPromiseRejection', 'Error: nobody waits'],
      ['functions/many/handler.exit', 'Runtime.ExitError', 'Runtime exited with error: exit status 3'],
      ['functions/none.handler', 'Runtime.ImportModuleError', "Error: Cannot find module 'none'"],
      ['missing.handler', 'Runtime.ImportModuleError', "Cannot find package 'not-there'"],
      ['broken.handler', 'Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected token'],
    ])('%s → %s: %s', async (handler, errorType, errorMessage) => {
      create(handler);
      const { FunctionError, Payload } = await invoke();

      expect(FunctionError).toBe('Unhandled');
      expect(Payload).toMatchObject({ errorType, errorMessage: expect.stringContaining(errorMessage) });
    });

    test('works again after it took its process with it', async () => {
      expect((await run('exit')).FunctionError).toBe('Unhandled');
      expect((await run('nothing')).FunctionError).toBeUndefined();
    });

    test('is tried twice more where nobody waits for its answer', async () => {
      create('functions/many/handler.fail');
      const answer = await invoke({ InvocationType: 'Event' });
      expect(answer.StatusCode).toBe(202);
      await world.clock.advance(600_000);

      const told = world.journal.entries.filter(({ subject }) => subject === 'lambda/many');
      const times = told.map(({ atMs }) => (atMs - START_MS) / 1000);
      expect(times).toEqual([0, 60, 180, 180]);
      expect(world.journal.text()).toContain('dropped an asynchronous event after 3 attempts');
    });
  });
});

test('a call for a function that is not there, or with no JSON, is refused', async () => {
  create('functions/many/handler.echo');

  await expect(invoke({ FunctionName: 'none' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:none:$LATEST',
    statusCode: 404,
  });
  await expect(invoke({ FunctionName: 'none', Qualifier: 'live' })).rejects.toMatchObject({
    message: 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:none:live',
  });
  await expect(invoke({ Payload: 'not json' })).rejects.toMatchObject({
    code: 'InvalidRequestContentException',
  });
});
