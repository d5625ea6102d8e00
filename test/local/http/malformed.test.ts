import { createConnection } from 'node:net';
import fc from 'fast-check';
import { openHttpServer } from '../../../local/http/server.ts';
import { type Served, serve, signedFor } from './served.ts';

/** Sends bytes as they are and reads until the server ends the connection or has said what it has to. */
const talk = (url: string, text: string | Buffer, { half = false } = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      // What the server did not want to read any more.
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(heard) : reject(error),
    );
    socket.write(text);
    if (half) socket.end();
  });

const head = (method: string, path: string, headers: Record<string, string>): string =>
  [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries({ host: '127.0.0.1', connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '\r\n',
  ].join('\r\n');

/** Requests as clients of each protocol send them, with another body. */
const protocols = {
  json: {
    path: '/',
    headers: {
      authorization: signedFor('states'),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSStepFunctions.StartExecution',
    },
  },
  cbor: {
    path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
    headers: {
      authorization: signedFor('monitoring'),
      'content-type': 'application/cbor',
      'smithy-protocol': 'rpc-v2-cbor',
    },
  },
  query: {
    path: '/',
    headers: {
      authorization: signedFor('sns'),
      'content-type': 'application/x-www-form-urlencoded',
    },
  },
  restJson: {
    path: '/2015-03-31/functions/judge/invocations',
    headers: { authorization: signedFor('lambda') },
  },
  restXml: { path: '/data?delete', headers: { authorization: signedFor('s3') } },
} as const;

type ProtocolName = keyof typeof protocols;
const names = Object.keys(protocols) as ProtocolName[];

const post = (name: ProtocolName, body: Buffer, more: Record<string, string> = {}): Buffer => {
  const { path, headers } = protocols[name];
  const length = { 'content-length': String(body.length) };
  return Buffer.concat([Buffer.from(head('POST', path, { ...headers, ...length, ...more })), body]);
};

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

test.each<[string, ProtocolName, Record<string, string>, string, number, string]>([
  ['a body that is no JSON', 'json', {}, '{', 400, 'SerializationException'],
  ['a list instead of an object', 'json', {}, '[]', 400, 'SerializationException'],
  ['another content type', 'json', { 'content-type': 'text/plain' }, '{}', 404, 'UnknownOperationException'],
  ['no signature', 'json', { authorization: '' }, '{}', 403, 'MissingAuthenticationTokenException'],
  [
    'a signature of another kind',
    'json',
    { authorization: 'Basic dGVzdDp0ZXN0' },
    '{}',
    403,
    'MissingAuthenticationTokenException',
  ],
  [
    'the key of nobody',
    'json',
    { authorization: signedFor('states', 'AKIANOBODY') },
    '{}',
    403,
    'UnrecognizedClientException',
  ],
  ['a target without a service', 'json', { 'x-amz-target': 'StartExecution' }, '{}', 501, 'NotModelled'],
  [
    'a target of another service',
    'json',
    { 'x-amz-target': 'AmazonSSM.GetParameter' },
    '{}',
    501,
    'NotModelled',
  ],
  [
    'an operation that is not there',
    'json',
    { 'x-amz-target': 'AWSStepFunctions.CreateActivity' },
    '{}',
    501,
    'NotModelled',
  ],
  [
    'a body that is not compressed',
    'json',
    { 'content-encoding': 'gzip' },
    '{}',
    400,
    'SerializationException',
  ],
  ['a body that is no CBOR', 'cbor', {}, '\xff\xff', 400, 'SerializationException'],
  ['CBOR that is no map', 'cbor', {}, '\x01', 400, 'SerializationException'],
  ['no action', 'query', {}, 'Version=2010-03-31', 400, 'MissingAction'],
  [
    'the key of nobody in a form',
    'query',
    { authorization: signedFor('sns', 'AKIANOBODY') },
    'Action=Publish',
    403,
    'InvalidClientTokenId',
  ],
  ['nobody with a form', 'query', { authorization: '' }, 'Action=Publish', 403, 'MissingAuthenticationToken'],
  ['a form with too many steps', 'query', {}, `Action=Publish&${'a.'.repeat(100)}=x`, 400, 'MalformedInput'],
  ['an action that is not there', 'query', {}, 'Action=TagResource', 501, 'NotModelled'],
  ['a payload that is no JSON', 'restJson', {}, '{', 404, 'ResourceNotFoundException'],
  ['XML that breaks off', 'restXml', {}, '<Delete><Object>', 400, 'MalformedXML'],
])('answers %s as AWS would', async (_, name, headers, body, status, code) => {
  const { url } = await serve();

  const answer = await talk(url, post(name, Buffer.from(body, 'latin1'), headers));

  expect(statusOf(answer)).toBe(status);
  expect(answer).toContain(code);
  expect(answer).toMatch(/x-amzn-requestid: [0-9a-f-]{36}|x-amz-request-id: [0-9A-F]{16}/i);
});

test('answers a service that speaks JSON when it is asked with GET', async () => {
  const { url } = await serve();

  const answer = await talk(url, head('GET', '/', { authorization: signedFor('states') }));

  expect(statusOf(answer)).toBe(404);
  expect(answer).toContain('UnknownOperationException');
});

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['a header without an end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
  ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
  ['a path that is none', 'GET \u0001 HTTP/1.1\r\nhost: a\r\n\r\n', 400],
])('answers %s and hangs up', async (_, text, status) => {
  const { url } = await serve();

  const answer = await talk(url, text);

  expect(statusOf(answer)).toBe(status);
  expect(answer).not.toContain(' at ');
});

test('goes on after a client that left in the middle of its body', async () => {
  const { url } = await serve();
  const whole = post('json', Buffer.from('{"stateMachineArn":"x"}'));

  await talk(url, whole.subarray(0, whole.length - 5), { half: true });

  expect(statusOf(await talk(url, whole))).toBe(400);
});

test('gives a client up that does not come to its end', async () => {
  const { world } = await serve();
  const { url, close } = await openHttpServer(world, { requestTimeoutMs: 50, lookEveryMs: 10 });
  const whole = post('json', Buffer.from('{}'));

  const answer = await talk(url, whole.subarray(0, whole.length - 1)).finally(close);

  expect(statusOf(answer)).toBe(408);
});

test.each<[ProtocolName, number, number, string]>([
  ['json', 1_048_577, 413, 'RequestEntityTooLargeException'],
  ['restJson', 6_291_457, 413, 'RequestTooLargeException'],
])('refuses a body over the limit: %s', async (name, bytes, status, code) => {
  const { url } = await serve();

  const answer = await talk(url, post(name, Buffer.alloc(bytes, ' ')));

  expect(statusOf(answer)).toBe(status);
  expect(answer).toContain(code);
});

test('never crashes, hangs or shows its inside, whatever the body', async () => {
  const served: Served = await serve();
  served.world.s3.createBucket('data');
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc.string({ maxLength: 64 }).map((text) => Buffer.from(`Action=Publish&${text}`)),
    fc.string({ maxLength: 64 }).map((text) => Buffer.from(`<Delete><Object>${text}</Object></Delete>`)),
  );

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), body, async (name, bytes) => {
      const answer = await talk(served.url, post(name, bytes));

      expect(statusOf(answer)).toBeGreaterThanOrEqual(200);
      expect(statusOf(answer)).toBeLessThan(500);
      expect(answer).not.toMatch(/\bat .+:\d+:\d+/);
    }),
    { numRuns: 200 },
  );
  expect(served.world.journal.text()).not.toContain('internal failure');
});

test('listens on this machine only, and beside another world', async () => {
  const [one, other] = [await serve(), await serve()];
  one.world.s3.createBucket('mine');

  expect(new URL(one.url).hostname).toBe('127.0.0.1');
  expect(one.url).not.toBe(other.url);
  const list = head('GET', '/', { authorization: signedFor('s3') });
  expect(await talk(one.url, list)).toContain('<Name>mine</Name>');
  expect(await talk(other.url, list)).not.toContain('mine');
});
