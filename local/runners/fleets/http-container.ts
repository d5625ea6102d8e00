import { Agent, type IncomingMessage, request } from 'node:http';
import type { Invocation, InvocationAnswer } from '../runner.ts';
import { FleetUnreachableError, INVOCATION_LIMIT_MS, InvocationTimedOutError } from './errors.ts';

/** `/ping` has to answer within 2 s. Source: "Custom inference code with hosting services". */
const PING_LIMIT_MS = 2_000;

/** A serving container's two routes over kept-alive connections. All times here are real ones. */
export class HttpContainer {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(port: number) {
    this.#port = port;
  }

  async ping(): Promise<boolean> {
    try {
      const { statusCode } = await this.#send('GET', '/ping', {}, undefined, PING_LIMIT_MS);
      return statusCode === 200;
    } catch {
      return false;
    }
  }

  /** @throws FleetUnreachableError, InvocationTimedOutError */
  async invoke({ body, contentType, accept }: Invocation): Promise<InvocationAnswer> {
    const headers = {
      'content-type': contentType,
      'content-length': String(body.length),
      ...(accept === undefined ? {} : { accept }),
    };
    const started = performance.now();
    const answer = await this.#send('POST', '/invocations', headers, body, INVOCATION_LIMIT_MS);
    return { ...answer, latencyMs: performance.now() - started };
  }

  /** Lets connections go; requests under way have been waited for by the router. */
  close(): void {
    this.#agent.destroy();
  }

  #send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: Uint8Array | undefined,
    limitMs: number,
    retried = false,
  ): Promise<Omit<InvocationAnswer, 'latencyMs'>> {
    return new Promise((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        port: this.#port,
        agent: this.#agent,
        method,
        path,
        headers,
      });
      const limit = setTimeout(() => sent.destroy(new InvocationTimedOutError(limitMs)), limitMs);
      sent.once('response', (response) => {
        read(response)
          .then(resolve, (error) => reject(named(error)))
          .finally(() => clearTimeout(limit));
      });
      sent.once('error', (error) => {
        clearTimeout(limit);
        // A kept connection may be closed by the container just as it is used again: no answer was lost, ask once more.
        const closedMeanwhile = sent.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
        if (closedMeanwhile && !retried) resolve(this.#send(method, path, headers, body, limitMs, true));
        else reject(named(error));
      });
      sent.end(body);
    });
  }
}

async function read(response: IncomingMessage): Promise<Omit<InvocationAnswer, 'latencyMs'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    statusCode: response.statusCode!,
    contentType: response.headers['content-type'] ?? 'application/octet-stream',
    body: Buffer.concat(chunks),
  };
}

const named = (error: Error): Error =>
  error instanceof InvocationTimedOutError
    ? error
    : new FleetUnreachableError(error.message, { cause: error });
