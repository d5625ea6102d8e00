import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LostAnswer } from '../aws-error.ts';
import type { World } from '../world.ts';
import { readBody } from './body.ts';
import { callerIdentity } from './caller-identity.ts';
import { type Credential, callerOf, credentialOf } from './callers.ts';
import { protocolOf } from './choose-protocol.ts';
import type { HttpReply, RequestHead } from './message.ts';
import { asAwsError } from './protocol-error.ts';

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpServerOptions {
  /** A free one unless told. */
  readonly port?: number | undefined;
  /** A request that is not here after so many real milliseconds is given up. */
  readonly requestTimeoutMs?: number;
  /** How often it is looked for such requests, in real milliseconds. */
  readonly lookEveryMs?: number;
}

/**
 * Listens on 127.0.0.1 for SDK clients and the AWS CLI and hands what they ask
 * to the world's door.
 *
 * Clients put `sync-` before the host for `StartSyncExecution`, which makes a
 * name of this number that nobody knows: they need it switched off
 * (`AWS_DISABLE_HOST_PREFIX_INJECTION=true`, in JavaScript `disableHostPrefix: true`).
 * The host itself is not looked at, but for a bucket that stands before it.
 *
 * @throws Error `EADDRINUSE` where somebody else listens
 */
export const openHttpServer = async (
  world: World,
  { port = 0, requestTimeoutMs = 120_000, lookEveryMs = 10_000 }: HttpServerOptions = {},
): Promise<HttpServer> => {
  const requestIds = world.random.stream('http/request-ids');
  const limits = { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs };
  const server = createServer(
    { ...limits, connectionsCheckingInterval: lookEveryMs },
    (request, response) => {
      const requestId = requestIds.uuid();
      answer(world, request, requestId)
        .then((reply) => send(request, response, reply))
        // Only an answer that is to be lost ends up here.
        .catch(() => request.socket.destroy());
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuseUnreadable(error, socket as Socket, requestIds.uuid()),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // On the virtual clock nobody outside waits for this world, so it must not keep the process alive.
  if (world.clock.kind === 'virtual') server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const answer = async (world: World, request: IncomingMessage, requestId: string): Promise<HttpReply> => {
  const { head, credential } = headOf(request);
  const protocol = protocolOf(head);
  try {
    const caller = callerOf(world, credential);
    if (head.signingName === 'sts') {
      const body = await readBody(request, 'sts');
      return callerIdentity({ ...head, body }, caller, world.accountId, requestId);
    }
    const body = await readBody(request, protocol.serviceOf(head));
    const asked = protocol.read({ ...head, body });
    const output = await world.door.call({ ...asked, caller });
    return protocol.write(asked, output, head, requestId);
  } catch (error) {
    if (error instanceof LostAnswer) throw error;
    return protocol.refuse(asAwsError(error, world), head, requestId);
  } finally {
    // What was not read of a refused request would be taken for the next one.
    request.resume();
  }
};

const headOf = (
  request: IncomingMessage,
): { readonly head: RequestHead; readonly credential: Credential | undefined } => {
  const [path = '/', ...rest] = (request.url ?? '/').replace(/^[a-z]+:\/\/[^/]+/i, '').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const credential = credentialOf(request.headers.authorization, query);
  const head = {
    method: request.method ?? 'GET',
    path: path === '' ? '/' : path,
    query,
    headers: request.headers,
    signingName: credential?.signingName,
  };
  return { head, credential };
};

const send = (request: IncomingMessage, response: ServerResponse, reply: HttpReply): void => {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  const isBare = request.method === 'HEAD' || reply.statusCode === 304 || reply.statusCode === 204;
  const readable = Object.entries(reply.headers).filter(([name]) => token.test(name));
  response.writeHead(reply.statusCode, {
    ...Object.fromEntries(readable),
    ...(!isBare && { 'content-length': body.length }),
  });
  response.end(isBare ? undefined : body);
};

/** What HTTP takes as a header's name: a machine may store metadata under any text. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What is no HTTP has no protocol to be refused in; AWS's front doors answer such in plain words too. */
const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Socket, requestId: string): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] =
    {
      HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'RequestHeaderSectionTooLarge'],
      ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'RequestTimeout'],
    }[error.code ?? ''] ?? (['400 Bad Request', 'BadRequest'] as const);
  const body = JSON.stringify({ __type: code, message: 'The request is not HTTP that can be read.' });
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `x-amzn-requestid: ${requestId}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
};
