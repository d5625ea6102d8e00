import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError, notModelled } from '../aws-error.ts';
import type { World } from '../world.ts';
import { callerOf, credentialOf } from './callers.ts';
import { callJson, targetOf } from './json-protocol.ts';
import { asAwsError } from './protocol-error.ts';

/** DynamoDB's limit for one request, the largest of all JSON services here. */
const largestBodyBytes = 16 * 1024 * 1024;

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 for SDK clients and the AWS CLI and hands what they ask
 * to the world's door.
 *
 * Clients put `sync-` before the host for `StartSyncExecution`; a client that
 * wants it here needs its host prefix switched off (`disableHostPrefix: true`,
 * CLI: `AWS_ENDPOINT_URL` with a name that resolves).
 */
export const openHttpServer = async (world: World): Promise<HttpServer> => {
  const requestIds = world.random.stream('http/request-ids');
  const server = createServer((request, response) => {
    void answer(world, request).then((reply) => send(response, reply, requestIds.uuid()));
  });
  server.on('clientError', (_error, socket) =>
    socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
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

interface Reply {
  readonly statusCode: number;
  readonly body: unknown;
  readonly contentType: string;
  readonly errorType?: string;
}

const answer = async (world: World, request: IncomingMessage): Promise<Reply> => {
  const contentType = jsonTypeOf(request);
  try {
    const body = await bodyOf(request);
    const { accessKeyId, signingName } = credentialOf(request.headers.authorization);
    const caller = callerOf(world, accessKeyId);
    const header = request.headers['x-amz-target'];
    // Only the JSON protocols name their operation in this header.
    if (typeof header !== 'string') throw notModelled(`The protocol of ${signingName} over HTTP`);
    const target = targetOf(header);
    if (target === undefined) throw notModelled(`${header} over HTTP`);
    return { statusCode: 200, body: await callJson(world, target, body, caller), contentType };
  } catch (error) {
    const { code, message, statusCode } = asAwsError(error, world);
    return { statusCode, body: { __type: code, message }, contentType, errorType: code };
  }
};

const send = (response: ServerResponse, reply: Reply, requestId: string): void => {
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.statusCode, {
    'content-type': reply.contentType,
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': requestId,
    ...(reply.errorType && { 'x-amzn-errortype': reply.errorType }),
    // What was not read of a refused body would be taken for the next request.
    ...(reply.statusCode === 413 && { connection: 'close' }),
  });
  response.end(text);
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > largestBodyBytes) {
      throw new AwsError(
        'RequestEntityTooLargeException',
        `The request is larger than ${largestBodyBytes} bytes.`,
        413,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const jsonTypeOf = ({ headers }: IncomingMessage): string =>
  headers['content-type'] === 'application/x-amz-json-1.1'
    ? 'application/x-amz-json-1.1'
    : 'application/x-amz-json-1.0';
