import { explained } from '../../cli/explain.ts';
import type { Io } from '../../cli/io.ts';

const told = (error: object, environment: Io['environment'] = {}) =>
  explained(Object.assign(new Error('as AWS said it'), error), { environment } as Io);

test.each([
  [{ name: 'ExpiredTokenException' }, 'Your AWS credentials have expired.'],
  [
    {
      name: 'CredentialsProviderError',
      message: 'The SSO session token associated with profile=x was not found or is invalid.',
    },
    'Your AWS credentials have expired.',
  ],
  [{ name: 'CredentialsProviderError' }, 'There are no AWS credentials.'],
  [{ name: 'UnrecognizedClientException' }, 'AWS does not know these credentials.'],
  [{ name: 'Error', message: 'Region is missing' }, 'No AWS region is set.'],
  [{ name: 'AccessDeniedException' }, 'You have no right to do this.'],
  [{ name: 'Error', code: 'ENOTFOUND' }, 'AWS cannot be reached.'],
  [{ name: 'ThrottlingException' }, 'AWS is too busy to answer; it was asked several times.'],
  [{ name: 'InvalidArn', $metadata: {} }, 'AWS refused: as AWS said it'],
])('says in plain words what %j means', (error, message) => {
  expect(told(error)).toMatchObject({ exitCode: 3, message });
});

test('names the profile to sign in with', () => {
  expect(told({ name: 'ExpiredToken' }, { AWS_PROFILE: 'team' }).hints[0]).toContain(
    'aws sso login --profile team',
  );
});

test('speaks of the local world where it is meant', () => {
  const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

  expect(told({ code: 'ECONNREFUSED' }, environment).message).toBe(
    'Nobody answers at http://127.0.0.1:4566.',
  );
  expect(told({ name: 'UnrecognizedClientException' }, environment).message).toContain('The local world');
});

test('keeps the stack of what nobody foresaw', () => {
  expect(told({ name: 'TypeError' }).message).toMatch(/This should not have happened: .*\n +at /);
});
