import { type HttpServer, openHttpServer } from '../../../local/http/server.ts';
import { openEmptyWorld } from '../../../local/open-world.ts';
import type { Operation } from '../../../local/service.ts';
import type { World } from '../../../local/world.ts';
import { fakeWorld } from '../door/fake-world.ts';

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

const closings: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

/** A whole world with nothing in it, over HTTP. */
export const serveEmptyWorld = async (): Promise<Served> => {
  const world = await openEmptyWorld({ seed: 7 });
  closings.push(() => world.close());
  return served(world, world.endpointUrl);
};

/** A world with nothing behind its door but what a test puts there, over HTTP. */
export const serveFake = async (
  services: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
  options?: Parameters<typeof openHttpServer>[1],
): Promise<Served> => {
  const world = fakeWorld(services);
  const server: HttpServer = await openHttpServer(world, options);
  closings.push(() => server.close());
  return served(world, server.url);
};

const served = (world: World, url: string): Served => ({
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
    closings.push(() => client.destroy());
    return client;
  },
});

/** The header of a request that is signed for a service, by the person unless another key is given. */
export const signedFor = (signingName: string, accessKeyId = 'test'): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260302/eu-west-1/${signingName}/aws4_request, SignedHeaders=host, Signature=0`;
