import http, { type RequestOptions } from 'node:http';
import type { Ask } from '../../../http/server.ts';
import { isPlain, WorldRequest } from './world-request.ts';

/**
 * The address at which every function in this thread finds its world, whichever
 * that is: so one warm environment serves worlds at different ports.
 */
export const SHARED_ENDPOINT = new URL('http://127.0.0.1:4566');

/**
 * `node:http` whose requests to the shared address go to the world that invoked
 * the function: plain ones by hand, those with a wish about their connection over one.
 */
export const functionHttp = (endpointOfNow: () => string, askOfNow: () => Ask | undefined): typeof http => {
  const request = (...given: unknown[]) => {
    const [first, ...rest] = given;
    const listener = rest.find((value) => typeof value === 'function') as never;
    const further = rest.find((value) => typeof value === 'object') as RequestOptions | undefined;
    const options =
      typeof first === 'string' || first instanceof URL
        ? { ...addressOf(new URL(first)), ...further }
        : (first as RequestOptions);
    const ask = isShared(options) && isPlain(options) ? askOfNow() : undefined;
    if (ask !== undefined) return new WorldRequest(ask, options, listener);
    return http.request(routed(options, endpointOfNow()), listener);
  };
  const get = (...given: unknown[]) => {
    const asked = request(...given);
    asked.end();
    return asked;
  };
  return { ...http, request, get } as unknown as typeof http;
};

/** `fetch`, likewise. */
export const functionFetch =
  (endpointOfNow: () => string): typeof fetch =>
  (input, init) => {
    const isShared = !(input instanceof Request) && String(input).startsWith(SHARED_ENDPOINT.href);
    return fetch(
      isShared ? String(input).replace(SHARED_ENDPOINT.href, new URL(endpointOfNow()).href) : input,
      init,
    );
  };

const routed = (options: RequestOptions, endpointUrl: string): RequestOptions => {
  if (!isShared(options)) return options;
  return { ...options, port: new URL(endpointUrl).port };
};

const isShared = ({ host, hostname = host, port }: RequestOptions): boolean =>
  hostname === SHARED_ENDPOINT.hostname && Number(port) === Number(SHARED_ENDPOINT.port);

const addressOf = ({ protocol, hostname, port, pathname, search }: URL): RequestOptions => ({
  protocol,
  hostname,
  port: port || 80,
  path: pathname + search,
});
