import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
} from 'node:http';
import { Readable, Writable } from 'node:stream';
import { type Incoming, sendable } from '../../../http/answer.ts';
import type { HttpReply } from '../../../http/message.ts';
import type { Ask } from '../../../http/server.ts';

type Listener = (response: IncomingMessage) => void;

/** Whether a request has no wish that only a connection can grant. */
export const isPlain = ({ headers, auth, timeout, signal, createConnection }: RequestOptions): boolean =>
  !(auth || timeout || signal || createConnection || Array.isArray(headers)) &&
  !Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'expect');

/**
 * What stands for Node's `ClientRequest` where client and world live in one
 * thread: the same bytes and headers, handed over without a connection.
 */
export class WorldRequest extends Writable {
  readonly method: string;
  readonly path: string;
  readonly #ask: Ask;
  readonly #headers: IncomingHttpHeaders = {};
  readonly #chunks: Buffer[] = [];

  /** @throws TypeError for a header that HTTP has no place for */
  constructor(
    ask: Ask,
    { method = 'GET', path, headers = {}, host, port }: RequestOptions,
    listener?: Listener,
  ) {
    super({ autoDestroy: false });
    this.#ask = ask;
    this.method = method.toUpperCase();
    this.path = path ?? '/';
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value as string);
    this.#headers.host ??= `${host}:${port}`;
    if (typeof listener === 'function') this.once('response', listener);
  }

  setHeader(name: string, value: string | number | readonly string[] | undefined): this {
    if (value === undefined) return this;
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    validateHeaderName(name);
    validateHeaderValue(name, text);
    this.#headers[name.toLowerCase()] = text;
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers[name.toLowerCase()];
  }

  removeHeader(name: string): void {
    delete this.#headers[name.toLowerCase()];
  }

  /** Nothing here waits: the world answers, or the answer is lost at once. */
  setTimeout(): this {
    return this;
  }

  setNoDelay(): void {}
  setSocketKeepAlive(): void {}
  flushHeaders(): void {}

  abort(): void {
    this.destroy();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    done();
    // Later: a function's code is on the stack, and its time is not the world's.
    queueMicrotask(() =>
      this.#ask(this.#incoming()).then(
        (reply) => process.nextTick(() => this.#receive(reply)),
        () => this.destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })),
      ),
    );
  }

  #incoming(): Incoming {
    const chunks = this.#chunks;
    return {
      method: this.method,
      url: this.path,
      headers: this.#headers,
      resume: () => {},
      async *[Symbol.asyncIterator]() {
        yield* chunks;
      },
    };
  }

  #receive(reply: HttpReply): void {
    if (this.destroyed) return;
    const { headers, body } = sendable(this.method, reply);
    const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
    const response = Object.assign(Readable.from(body?.length ? [body] : [], { objectMode: false }), {
      statusCode: reply.statusCode,
      statusMessage: STATUS_CODES[reply.statusCode] ?? '',
      headers: Object.fromEntries(lowered),
      rawHeaders: Object.entries(headers).flat(),
      httpVersion: '1.1',
      complete: true,
      req: this,
    });
    response.once('close', () => this.destroy());
    const isHeard = this.emit('response', response);
    if (!isHeard) response.resume();
  }
}
