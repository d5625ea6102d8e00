import type { Random } from '../../random.ts';
import type { World } from '../../world.ts';
import { type Failure, insist, named } from './insist.ts';
import type { EventEnvelope, Rule, Target } from './rule.ts';
import { sendMessage, targetCall } from './target-call.ts';
import { targetInput } from './target-input.ts';

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

  const input = targetInput(rule, target, event, clock.now());
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

  const failure = await insist(world, target.RetryPolicy, random, async () => {
    await world.door.call(targetCall(rule, target, input, executionName));
    journal.write(subject, `handed ${what} to ${target.Arn}`);
  });
  if (failure !== undefined) await giveUp(world, rule, target, event, failure);
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
