import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { World } from '../../world.ts';
import type { EventEnvelope, Rule, Target } from './rule.ts';
import { sendMessage, targetCall } from './target-call.ts';
import { targetInput } from './target-input.ts';

/** EventBridge's own retry policy where a target has none. */
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;

/** AWS says "exponential back off and jitter"; 185 attempts in 24 h mean about 8 minutes between the later ones. */
const LONGEST_WAIT_MS = 600_000;

/** Why an event was given up, in the words of the dead-letter queue's message attributes. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retries: number;
  readonly exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
}

/** Hands an event to a target, again and again if that may help, and in the end to the dead-letter queue. */
export const deliver = async (
  world: World,
  rule: Rule,
  target: Target,
  event: EventEnvelope,
): Promise<void> => {
  const { clock, journal } = world;
  const subject = `events/${rule.name}`;
  const what = `${event.source} "${event['detail-type']}"`;
  // A stream of its own for each delivery, made only where something is left to chance.
  let made: Random | undefined;
  const random = (): Random => {
    made ??= world.random.stream(`events/delivery/${rule.name}/${target.Id}/${event.id}`);
    return made;
  };
  const firstMs = clock.now();
  const mostRetries = target.RetryPolicy?.MaximumRetryAttempts ?? DEFAULT_ATTEMPTS;
  const oldestMs = (target.RetryPolicy?.MaximumEventAgeInSeconds ?? DEFAULT_AGE_SECONDS) * 1000;

  const input = targetInput(rule, target, event, firstMs);
  if (input === undefined) {
    journal.write(subject, `makes no JSON of ${what} for ${target.Arn}`);
    return;
  }
  // One name for all attempts: an attempt that lost its answer must not start a second execution.
  let name: string | undefined;
  const executionName = (): string => {
    name ??= random().uuid();
    return name;
  };

  for (let retries = 0; ; retries += 1) {
    try {
      await world.door.call(targetCall(rule, target, input, executionName));
      journal.write(subject, `handed ${what} to ${target.Arn}`);
      return;
    } catch (error) {
      const { code, message } = named(error);
      const waitMs = Math.min(1000 * 2 ** retries, LONGEST_WAIT_MS) * (0.5 + random().number() / 2);
      const exhausted =
        retries >= mostRetries
          ? 'MaximumRetryAttempts'
          : clock.now() + waitMs - firstMs > oldestMs
            ? 'MaximumEventAgeInSeconds'
            : undefined;
      if (!mayHeal(code)) return giveUp(world, rule, target, event, { code, message, retries });
      if (exhausted !== undefined) {
        return giveUp(world, rule, target, event, { code, message, retries, exhausted });
      }
      await clock.sleep(waitMs);
    }
  }
};

const giveUp = async (
  world: World,
  rule: Rule,
  target: Target,
  event: EventEnvelope,
  failure: Failure,
): Promise<void> => {
  const subject = `events/${rule.name}`;
  const what = `${event.source} "${event['detail-type']}" for ${target.Arn} (${failure.code}: ${failure.message})`;
  const queueArn = target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) {
    world.journal.write(subject, `dropped ${what}`);
    return;
  }
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    ...(failure.exhausted && { EXHAUSTED_RETRY_CONDITION: failure.exhausted }),
    RETRY_ATTEMPTS: String(failure.retries),
  };
  try {
    await world.door.call(
      sendMessage(rule, queueArn, {
        MessageBody: JSON.stringify(event),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
        ),
      }),
    );
    world.journal.write(subject, `put ${what} into ${queueArn}`);
  } catch (error) {
    world.journal.write(
      subject,
      `dropped ${what}; its dead-letter queue refused it: ${named(error).message}`,
    );
  }
};

/** Where another attempt cannot change the answer, EventBridge makes none. */
const mayHeal = (code: string): boolean =>
  !['NO_PERMISSIONS', 'NO_RESOURCE', 'RESOURCE_ALREADY_EXISTS', 'INVALID_PARAMETER'].includes(code);

/** An error of the called service in EventBridge's words. */
const named = (error: unknown): { code: string; message: string } => {
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
