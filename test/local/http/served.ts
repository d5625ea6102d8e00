import { request } from 'node:http';
import type { World } from '../../../local/world.ts';
import { type AccountOptions, openAccount } from '../support/open-account.ts';

interface Client {
  destroy(): void;
}

interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

export interface Served {
  readonly world: World;
  readonly url: string;
  /** An unchanged SDK client that asks this world; closed after the test. */
  client<Made extends Client, More extends object>(
    make: new (config: ClientConfig & More) => Made,
    more?: More,
  ): Made;
}

const clients: Client[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

/** An account over HTTP, whole or with nothing behind its door but what a test puts there. */
export const serve = async (options?: AccountOptions): Promise<Served> => {
  const { world } = await openAccount(options);
  const url = world.endpointUrl;
  return {
    world,
    url,
    client(make, more) {
      const client = new make({
        endpoint: url,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'any' },
        maxAttempts: 1,
        ...more!,
      });
      clients.push(client);
      return client;
    },
  };
};

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A request as it stands, for what no client would send. */
export const ask = (
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
  body = '',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request(
      { hostname, port, path, method, headers: { ...length, ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode!, text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });

/** The header of a request that is signed for a service, by the person unless another key is given. */
export const signedFor = (signingName: string, accessKeyId = 'test'): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260302/eu-west-1/${signingName}/aws4_request, SignedHeaders=host, Signature=0`;
