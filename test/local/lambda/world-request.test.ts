import type { IncomingMessage } from 'node:http';
import { LostAnswer } from '../../../local/aws-error.ts';
import type { Incoming } from '../../../local/http/answer.ts';
import type { HttpReply } from '../../../local/http/message.ts';
import { isPlain, WorldRequest } from '../../../local/services/lambda/thread/world-request.ts';

const SHARED = { host: '127.0.0.1', port: 4566 };

/** Sends a request to a world that answers `reply`, and tells what came in and went out. */
async function exchange(
  reply: HttpReply | Error,
  options: ConstructorParameters<typeof WorldRequest>[1],
  ...chunks: string[]
) {
  const asked: { head?: Incoming; body: string } = { body: '' };
  const response = new Promise<{ head: IncomingMessage; body: string }>((resolve, reject) => {
    const ask = async (request: Incoming): Promise<HttpReply> => {
      asked.head = request;
      for await (const chunk of request) asked.body += Buffer.from(chunk).toString();
      if (reply instanceof Error) throw reply;
      return reply;
    };
    const request = new WorldRequest(ask, { ...SHARED, ...options }, async (head) => {
      let body = '';
      for await (const chunk of head) body += chunk;
      resolve({ head, body });
    });
    request.once('error', reject);
    for (const chunk of chunks) request.write(chunk);
    request.end();
  });
  return { ...(await response), asked };
}

const ok: HttpReply = { statusCode: 200, headers: { 'X-Amz-Id': '1', 'not a token': '2' }, body: 'fine' };

test('a request brings the world its method, path, headers and body', async () => {
  const headers = { 'X-Amz-Target': 'Do', List: ['a', 'b'] };
  const { asked } = await exchange(ok, { method: 'post', path: '/a?b=%20', headers }, 'one', 'two');

  expect(asked.head).toMatchObject({
    method: 'POST',
    url: '/a?b=%20',
    headers: { 'x-amz-target': 'Do', list: 'a, b', host: '127.0.0.1:4566' },
  });
  expect(asked.body).toBe('onetwo');
});

test('the answer comes back as Node gives it', async () => {
  const { head, body } = await exchange(ok, { path: '/' });

  expect(head).toMatchObject({ statusCode: 200, statusMessage: 'OK', complete: true });
  expect(head.headers).toEqual({ 'x-amz-id': '1', 'content-length': '4' });
  expect(body).toBe('fine');
});

test('an answer to HEAD has no body', async () => {
  const { head, body } = await exchange(ok, { method: 'HEAD' });

  expect(head.headers).not.toHaveProperty('content-length');
  expect(body).toBe('');
});

test('a lost answer is a connection that broke', async () => {
  await expect(exchange(new LostAnswer(), {})).rejects.toMatchObject({
    code: 'ECONNRESET',
    message: 'socket hang up',
  });
});

test.each([
  [{ 'bad name': 'x' }, 'ERR_INVALID_HTTP_TOKEN'],
  [{ name: 'a\nb' }, 'ERR_INVALID_CHAR'],
])('a header that HTTP has no place for is refused: %j', async (headers, code) => {
  await expect(exchange(ok, { headers })).rejects.toMatchObject({ code });
});

test.each([[{ headers: { Expect: '100-continue' } }], [{ timeout: 5 }], [{ auth: 'me:you' }]])(
  'what only a connection can do needs one: %j',
  (options) => {
    expect(isPlain(options)).toBe(false);
    expect(isPlain({ headers: { host: 'a' } })).toBe(true);
  },
);
