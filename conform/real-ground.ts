import { EventBridgeClient, ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import type { ClientConfig, Ground } from './aws.ts';
import { type Options, OptionsError } from './options.ts';

/**
 * An account, reached with the SDK's own chain of credentials.
 *
 * @throws OptionsError if calls would go elsewhere than to AWS, or nobody answers for the credentials
 */
export const realGround = async ({ region, profile, roles, image }: Options): Promise<Ground> => {
  const elsewhere = Object.keys(process.env).find((name) => name.startsWith('AWS_ENDPOINT_URL'));
  if (elsewhere !== undefined) {
    throw new OptionsError(`${elsewhere} is set, so AWS would not be asked. Unset it, or use --local.`);
  }
  // Such an address may stand in the AWS configuration, too.
  process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS = 'true';
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  // Cases make and delete much in a short time; a throttle must leave nothing behind.
  const clients = { region: region!, maxAttempts: 8 };
  return {
    name: 'AWS',
    region: region!,
    accountId: await accountOf(clients),
    clients,
    sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
    pass: (call) => call,
    role: (kind) => roles[kind]!,
    image: () => image!,
  };
};

/** The default bus is in every account, and its ARN names it. */
const accountOf = async (clients: ClientConfig): Promise<string> => {
  const events = new EventBridgeClient(clients);
  try {
    const { EventBuses } = await events.send(new ListEventBusesCommand({ NamePrefix: 'default' }));
    return EventBuses![0]!.Arn!.split(':')[4]!;
  } catch (error) {
    const { name, message } = error as Error;
    throw new OptionsError(
      `AWS does not say whose credentials these are (events:ListEventBuses): ${name}: ${message}`,
    );
  } finally {
    events.destroy();
  }
};
