// serve: answers for one loaded model over HTTP, as SageMaker's hosting asks for it.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Container, pathIn } from './container.ts';
import { type FlightModel, loadFlightModel, predict } from './model/flight-model.ts';
import { filesInDirectory } from './model/model-files.ts';
import { bodyOf, predictionOf } from './serving/answer.ts';
import { readBody } from './serving/body.ts';
import { flightsInRequest, mediaTypeOf, RefusedRequestError } from './serving/request-rows.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
}

export function serveOptionsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): ServeOptions {
  const port = Number(environment.SAGEMAKER_BIND_TO_PORT || 8080);
  return { port, host: environment.SAGEMAKER_BIND_TO_HOST || '0.0.0.0' };
}

/** Resolves when SIGTERM has closed the server and the last answer is out. */
export async function serve(container: Container, options: ServeOptions): Promise<void> {
  // Asked for before anything else: a container may be stopped while it is still starting.
  const told = once(process, 'SIGTERM');
  const { server, counts } = await startServer(container, options);
  await told;
  // SageMaker kills after 30 seconds; a caller that never finishes its request must not take us there.
  setTimeout(() => server.closeAllConnections(), 10_000).unref();
  server.close();
  await once(server, 'close');
  container.log(`served=${counts.served} refused=${counts.refused} failed=${counts.failed}`);
}

/** Of invocations; pings are no news. */
interface Counts {
  served: number;
  refused: number;
  failed: number;
}

interface Serving {
  model: FlightModel | undefined;
  readonly counts: Counts;
  readonly faultsTold: Set<string>;
}

export async function startServer(
  container: Container,
  options: ServeOptions,
): Promise<{ server: Server; counts: Counts }> {
  const serving: Serving = {
    model: undefined,
    counts: { served: 0, refused: 0, failed: 0 },
    faultsTold: new Set(),
  };
  const server = createServer((request, response) => {
    if (pathOf(request) === '/invocations') {
      response.once('finish', () => countAnswer(serving.counts, response.statusCode));
    }
    void answer(serving, request, response);
  });
  // Longer than the idle time of the callers' connection pools, so that they close first and no request
  // meets a closing socket.
  server.keepAliveTimeout = 75_000;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  // Listening comes first: a model that cannot be loaded then shows as a failing ping, with its reason.
  try {
    serving.model = await loadFlightModel(await filesInDirectory(pathIn(container, 'model')));
  } catch (error) {
    process.stderr.write(`The model cannot be loaded: ${(error as Error).message}\n`);
  }
  return { server, counts: serving.counts };
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(serving, request, response);
  } catch (error) {
    // A caller that hung up in the middle of its request is nobody's fault, and nobody is left to answer.
    if (response.destroyed) return;
    if (error instanceof RefusedRequestError) {
      sendJson(response, error.status, { error: error.message });
    } else {
      tellOnce(serving, error as Error);
      sendJson(response, 500, { error: 'The request could not be answered.' });
    }
  }
}

async function route(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  if (path === '/ping') {
    allowOnly('GET', request, response);
    if (!serving.model) throw new RefusedRequestError(503, 'No model is loaded.');
    return sendJson(response, 200, { status: 'ready' });
  }
  if (path !== '/invocations') throw new RefusedRequestError(404, `There is nothing at ${path}.`);
  allowOnly('POST', request, response);
  if (!serving.model) throw new RefusedRequestError(503, 'No model is loaded.');
  const mediaType = mediaTypeOf(request.headers['content-type']);
  const flights = flightsInRequest(mediaType, await readBody(request));
  const body = bodyOf(predict(serving.model, flights).map(predictionOf), mediaType);
  send(response, 200, mediaType, body);
}

function pathOf(request: IncomingMessage): string | undefined {
  return request.url?.split('?', 1)[0];
}

function countAnswer(counts: Counts, status: number): void {
  if (status < 400) counts.served++;
  else if (status < 500) counts.refused++;
  else counts.failed++;
}

function allowOnly(method: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.method === method) return;
  response.setHeader('allow', method);
  throw new RefusedRequestError(405, `Only ${method} is answered here.`);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** A fault that meets every fifth request is one fault, and one line in the log. */
function tellOnce(serving: Serving, error: Error): void {
  if (serving.faultsTold.has(error.message)) return;
  serving.faultsTold.add(error.message);
  process.stderr.write(`${error.stack}\n`);
}
