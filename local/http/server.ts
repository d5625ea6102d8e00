import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { World } from '../world.ts';
import { answer, type Incoming, sendable } from './answer.ts';
import type { HttpReply } from './message.ts';

/** Answers a request that needs no way over the network. Rejects where no answer arrives. */
export type Ask = (request: Incoming) => Promise<HttpReply>;

export interface HttpServer {
  readonly url: string;
  readonly ask: Ask;
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
  // Whoever asks, what the world does is done in its own name.
  const ownName = AsyncLocalStorage.snapshot();
  return {
    ask: async (request) => {
      if (!server.listening) throw new Error('The world is closed.');
      return ownName(() => answer(world, request, requestIds.uuid()));
    },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const send = (request: IncomingMessage, response: ServerResponse, reply: HttpReply): void => {
  const { headers, body } = sendable(request.method, reply);
  response.writeHead(reply.statusCode, headers);
  response.end(body);
};

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
