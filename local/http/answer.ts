import type { IncomingHttpHeaders } from 'node:http';
import { LostAnswer } from '../aws-error.ts';
import type { World } from '../world.ts';
import { readBody } from './body.ts';
import { callerIdentity } from './caller-identity.ts';
import { type Credential, callerOf, credentialOf } from './callers.ts';
import { protocolOf } from './choose-protocol.ts';
import type { HttpReply, RequestHead } from './message.ts';
import { asAwsError } from './protocol-error.ts';

/** A request as it comes in: one of Node's server, or one from a function in this thread. */
export interface Incoming extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Drops what was not read. */
  resume(): unknown;
}

/**
 * Hands a request to the world's door and writes its answer in the client's protocol.
 *
 * @throws LostAnswer for an answer that is not to arrive
 */
export const answer = async (world: World, request: Incoming, requestId: string): Promise<HttpReply> => {
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

/** What of a reply goes on its way. */
export const sendable = (method: string | undefined, { statusCode, headers, body }: HttpReply) => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const isBare = method === 'HEAD' || statusCode === 304 || statusCode === 204;
  const readable = Object.entries(headers).filter(([name]) => token.test(name));
  return {
    headers: {
      ...Object.fromEntries(readable),
      ...(!isBare && { 'content-length': String(bytes.length) }),
    },
    body: isBare ? undefined : bytes,
  };
};

/** What HTTP takes as a header's name: a machine may store metadata under any text. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const headOf = (
  request: Incoming,
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
