import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-error.ts';
import { type HttpRequest, headerOf } from './message.ts';

/**
 * Takes a body apart that comes in signed or unsigned chunks (`aws-chunked`)
 * and puts the checksums behind its end among the headers. Chunks' signatures
 * are not checked, as no signature here is.
 *
 * @throws AwsError `IncompleteBody` for chunks that don't add up
 */
export const unchunked = (request: HttpRequest): HttpRequest => {
  if (!isChunked(request)) return request;
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = request.body.indexOf('\r\n', at);
    if (end < 0) throw incomplete();
    const size = sizeOf(request.body.toString('latin1', at, end));
    at = end + 2;
    if (size === 0) break;
    if (
      at + size + 2 > request.body.length ||
      request.body.toString('latin1', at + size, at + size + 2) !== '\r\n'
    )
      throw incomplete();
    parts.push(request.body.subarray(at, at + size));
    at += size + 2;
  }
  const body = Buffer.concat(parts);
  const told = headerOf(request, 'x-amz-decoded-content-length');
  if (told !== undefined && Number(told) !== body.length) throw incomplete();
  return {
    ...request,
    body,
    headers: headersOf(request, body.length, trailers(request.body.toString('latin1', at))),
  };
};

const isChunked = (request: HttpRequest): boolean =>
  (headerOf(request, 'x-amz-content-sha256') ?? '').startsWith('STREAMING-') ||
  encodings(request).includes('aws-chunked');

const encodings = (request: HttpRequest): string[] =>
  (headerOf(request, 'content-encoding') ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '');

const sizeOf = (line: string): number => {
  const [, digits] = /^([0-9a-fA-F]{1,12})(?:;.*)?$/.exec(line) ?? [];
  if (digits === undefined) throw incomplete();
  return Number.parseInt(digits, 16);
};

const trailers = (text: string): [string, string][] =>
  text
    .split('\r\n')
    .map((line) => /^(x-amz-[a-z0-9-]+):\s*(.*?)\s*$/i.exec(line))
    .filter((found) => found !== null)
    .map(([, name, value]) => [name!.toLowerCase(), value!]);

/** As if the body had come in one piece. */
const headersOf = (
  request: HttpRequest,
  length: number,
  trailing: readonly [string, string][],
): IncomingHttpHeaders => {
  const { 'content-encoding': _, ...others } = request.headers;
  const left = encodings(request).filter((encoding) => encoding !== 'aws-chunked');
  return {
    ...others,
    ...(left.length > 0 && { 'content-encoding': left.join(',') }),
    ...Object.fromEntries(trailing),
    'content-length': String(length),
  };
};

const incomplete = (): AwsError =>
  new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
