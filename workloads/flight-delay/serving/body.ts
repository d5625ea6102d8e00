// A request's body, up to the size that SageMaker lets through.

import type { IncomingMessage } from 'node:http';
import { RefusedRequestError } from './request-rows.ts';

export const mostBytes = 6 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // What is too long is read to its end all the same, unkept: a caller still busy sending would meet a
    // closed socket instead of the reason.
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  if (bytes > mostBytes) throw new RefusedRequestError(413, `The body is longer than ${mostBytes} bytes.`);
  return Buffer.concat(chunks).toString();
}
