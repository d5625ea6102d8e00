import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SFNClient } from '@aws-sdk/client-sfn';
import { type EndpointService, endpointIn } from './explain.ts';
import type { Io } from './io.ts';

export interface Clients {
  readonly sfn: SFNClient;
  /** Loaded when they are needed. */
  sagemaker(): Promise<SageMakerClient>;
  events(): Promise<EventBridgeClient>;
  /** Lets go of all connections. */
  close(): void;
}

export interface Access {
  readonly io: Io;
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/** Clients as the SDK makes them from environment and profile; a local world needs no more than its address. */
export function makeClients({ io: { environment }, region, profile }: Access): Clients {
  // The SDK reads the profile from there for each of its ways to find credentials.
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const configOf = (service: EndpointService) => {
    const endpoint = endpointIn(environment, service);
    return {
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && {
        endpoint,
        // StartSyncExecution would go to sync-<host>, and a local world has no such name.
        disableHostPrefix: true,
        ...localDefaults(endpoint, environment, region, profile),
      }),
      // Nobody waits at a terminal for longer.
      requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000 },
    };
  };
  const sfn = new SFNClient(configOf('SFN'));
  const made: { destroy(): void }[] = [sfn];
  const kept = <Client extends { destroy(): void }>(client: Client): Client => {
    made.push(client);
    return client;
  };
  return {
    sfn,
    async sagemaker() {
      const { SageMakerClient } = await import('@aws-sdk/client-sagemaker');
      return kept(new SageMakerClient(configOf('SAGEMAKER')));
    },
    async events() {
      const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
      return kept(new EventBridgeClient(configOf('EVENTBRIDGE')));
    },
    close() {
      for (const client of made) client.destroy();
    },
  };
}

/** On this machine nobody needs an account: the person of a local world has the key `test`. */
function localDefaults(
  endpoint: string,
  environment: Io['environment'],
  region: string | undefined,
  profile: string | undefined,
) {
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
  const names = profile ?? environment.AWS_PROFILE ?? environment.AWS_ACCESS_KEY_ID;
  if (!isHere || names !== undefined) return {};
  return {
    ...(region === undefined && { region: 'eu-west-1' }),
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
}
