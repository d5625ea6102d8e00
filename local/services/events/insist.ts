import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { World } from '../../world.ts';

/** EventBridge's and Scheduler's own retry policy where a target has none. */
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;

/** AWS says "exponential back off and jitter"; 185 attempts in 24 h mean about 8 minutes between the later ones. */
const LONGEST_WAIT_MS = 600_000;

export interface RetryPolicy {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
}

/** Why something was given up, in the words of the dead-letter queue's message attributes. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retries: number;
  readonly exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
}

/**
 * Tries to hand something over, again and again while that may help.
 *
 * @param attempt told how often it was tried before
 * @returns why it was given up; undefined when it was handed over
 */
export const insist = async (
  { clock }: World,
  policy: RetryPolicy | undefined,
  random: () => Random,
  attempt: (retries: number) => Promise<unknown>,
): Promise<Failure | undefined> => {
  const firstMs = clock.now();
  const mostRetries = policy?.MaximumRetryAttempts ?? DEFAULT_ATTEMPTS;
  const oldestMs = (policy?.MaximumEventAgeInSeconds ?? DEFAULT_AGE_SECONDS) * 1000;
  for (let retries = 0; ; retries += 1) {
    try {
      await attempt(retries);
      return undefined;
    } catch (error) {
      const { code, message } = named(error);
      const waitMs = Math.min(1000 * 2 ** retries, LONGEST_WAIT_MS) * (0.5 + random().number() / 2);
      if (!mayHeal(code)) return { code, message, retries };
      if (retries >= mostRetries) return { code, message, retries, exhausted: 'MaximumRetryAttempts' };
      if (clock.now() + waitMs - firstMs > oldestMs) {
        return { code, message, retries, exhausted: 'MaximumEventAgeInSeconds' };
      }
      await clock.sleep(waitMs);
    }
  }
};

/** Where another attempt cannot change the answer, none is made. */
const mayHeal = (code: string): boolean =>
  !['NO_PERMISSIONS', 'NO_RESOURCE', 'RESOURCE_ALREADY_EXISTS', 'INVALID_PARAMETER'].includes(code);

/** An error of the called service in EventBridge's words. */
export const named = (error: unknown): { code: string; message: string } => {
  if (!(error instanceof AwsError)) throw error;
  return { code: errorCode(error), message: error.message };
};

const errorCode = ({ code, statusCode }: AwsError): string => {
  if (/AccessDenied|NotAuthorized|AuthorizationError/.test(code)) return 'NO_PERMISSIONS';
  if (/NotFound|DoesNotExist|NonExistent/.test(code)) return 'NO_RESOURCE';
  if (/AlreadyExists/.test(code)) return 'RESOURCE_ALREADY_EXISTS';
  if (/Throttl|TooManyRequests|LimitExceeded|RequestThrottled/.test(code)) return 'THROTTLING';
  if (/Timeout|TimedOut/.test(code)) return 'TIMEOUT';
  return statusCode >= 500 ? 'INTERNAL_ERROR' : 'INVALID_PARAMETER';
};
