import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** AWS as far as route-events sees it: each call is answered at once with the least that its client accepts. */
export interface AwsEdge {
  readonly url: string;
  /** How often each operation was called. */
  readonly calls: Map<string, number>;
  close(): void;
}

export async function openAwsEdge(): Promise<AwsEdge> {
  const calls = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const operation = operationOf(request);
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const body = await textOf(request);
    const answer = answerTo(operation, body);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.setHeader('etag', '"0"');
    response.end(answer);
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const operationOf = ({ headers, method }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) || `S3 ${method}`;

function answerTo(operation: string, body: string): string {
  if (operation === 'StartExecution')
    return '{"executionArn":"arn:aws:states:::execution:x:y","startDate":0}';
  if (operation === 'UpdateItem') return '{"Attributes":{"batch":{"S":"burst"}}}';
  // Its client compares what came back with what it sent.
  if (operation === 'SendMessage') {
    const { MessageBody } = JSON.parse(body) as { MessageBody: string };
    const md5 = createHash('md5').update(MessageBody).digest('hex');
    return JSON.stringify({ MessageId: '1', MD5OfMessageBody: md5 });
  }
  return '';
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const listening = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
