import type { Io } from './io.ts';
import { AwsTold, EXIT, Told } from './told.ts';

interface Thrown extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly errors?: readonly Error[];
}

/** The SDK's own names of the services, as they stand in its environment variables. */
export type EndpointService = 'SFN' | 'SAGEMAKER' | 'EVENTBRIDGE';

/** Where a client is sent instead of AWS, by the variables that every SDK reads. */
export const endpointIn = (
  environment: Io['environment'],
  service: EndpointService = 'SFN',
): string | undefined =>
  environment[`AWS_ENDPOINT_URL_${service}`] || environment.AWS_ENDPOINT_URL || undefined;

/** Whatever went wrong, in words that a person can act on. */
export function explained(error: unknown, { environment }: Io): Told {
  if (error instanceof Told) return error;
  const thrown = error as Thrown;
  const said = thrown.message ?? String(error);
  const profile = environment.AWS_PROFILE;
  const login = `aws sso login${profile ? ` --profile ${profile}` : ''}`;
  switch (kindOf(thrown)) {
    case 'expired':
      return new AwsTold('Your AWS credentials have expired.', [
        `Sign in again (${login}) or renew the keys in your environment.`,
      ]);
    case 'no credentials':
      return new AwsTold(
        profile ? `The AWS profile ${profile} gives no credentials.` : 'There are no AWS credentials.',
        [
          `Name a profile with --profile, sign in (${login}), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
          'For a local world source the exports.sh that npm run local prints.',
          `The SDK said: ${said}`,
        ],
      );
    case 'wrong credentials':
      return new AwsTold(
        endpointIn(environment)
          ? 'The local world does not know these keys.'
          : 'AWS does not know these credentials.',
        [
          endpointIn(environment)
            ? 'Source its exports.sh, or unset AWS_PROFILE and set AWS_ACCESS_KEY_ID=test.'
            : 'Are they of this account, and is the clock of this machine right? aws sts get-caller-identity tells whose they are.',
          `AWS said: ${said}`,
        ],
      );
    case 'no region':
      return new AwsTold('No AWS region is set.', [
        'Give --region eu-west-1, or set AWS_REGION, or a region in your profile.',
      ]);
    case 'denied':
      return new AwsTold('You have no right to do this.', [
        `AWS said: ${said}`,
        'docs/cli.md lists which actions each command needs.',
      ]);
    case 'unreachable':
      return unreachable(said, environment);
    case 'busy':
      return new AwsTold('AWS is too busy to answer; it was asked several times.', [
        'Try again in a minute.',
      ]);
    case 'refused':
      return new AwsTold(`AWS refused: ${said}`, [`The error is ${thrown.name}.`]);
    default:
      return new Told(EXIT.aws, `This should not have happened: ${thrown.stack ?? said}`);
  }
}

function kindOf(error: Thrown): string | undefined {
  const names = `${error.name} ${error.code ?? ''}`;
  const said = error.message ?? '';
  if (/Expired|TokenRefreshRequired/.test(names) || /(session|token).*(expired|invalid)/i.test(said))
    return 'expired';
  if (/CredentialsProviderError|TokenProviderError/.test(names)) return 'no credentials';
  if (
    /UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|InvalidClientTokenId|IncompleteSignature/.test(
      names,
    )
  )
    return 'wrong credentials';
  if (/Region is missing/.test(said)) return 'no region';
  if (/AccessDenied|NotAuthorized/.test(names) || /is not authorized to perform/.test(said)) return 'denied';
  if (/ECONNREFUSED|ENOTFOUND|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|TimeoutError/.test(names))
    return 'unreachable';
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(names)) return 'busy';
  return error.$metadata === undefined ? undefined : 'refused';
}

function unreachable(said: string, environment: Io['environment']): Told {
  const endpoint = endpointIn(environment);
  return endpoint === undefined
    ? new AwsTold('AWS cannot be reached.', [
        'Is the region spelt right, and is there a network or a proxy?',
        `The system said: ${said}`,
      ])
    : new AwsTold(`Nobody answers at ${endpoint}.`, [
        'Is npm run local still open there? Unset AWS_ENDPOINT_URL to ask AWS.',
      ]);
}
