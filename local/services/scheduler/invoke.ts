import type { World } from '../../world.ts';
import { type Failure, insist, named } from '../events/insist.ts';
import { filledIn, type Invocation, inSeconds, sendMessage, targetCall } from './invocation.ts';
import type { Schedule } from './schedule.ts';

/** Calls a schedule's target: somewhere in its window, again if that may help, in the end as a dead letter. */
export async function invoke(world: World, schedule: Schedule, dueMs: number): Promise<void> {
  const { journal, clock } = world;
  const { Target, FlexibleTimeWindow } = schedule.input;
  const subject = subjectOf(schedule);
  const random = world.random.stream(`scheduler/${schedule.groupName}/${schedule.input.Name}/${dueMs}`);
  const executionId = random.uuid();
  const windowMs = (FlexibleTimeWindow.MaximumWindowInMinutes ?? 0) * 60_000;
  if (windowMs > 0) await clock.sleep(Math.floor(random.number() * windowMs));

  let invocation: Invocation = { executionId, dueMs, attempt: 1 };
  const failure = await insist(
    world,
    Target.RetryPolicy,
    () => random,
    async (retries) => {
      invocation = { executionId, dueMs, attempt: retries + 1 };
      await world.door.call(targetCall(world, schedule, invocation));
      journal.write(subject, `called ${Target.Arn} as due at ${inSeconds(dueMs)}`);
    },
  );
  if (failure !== undefined) await giveUp(world, schedule, invocation, failure);
}

async function giveUp(
  world: World,
  schedule: Schedule,
  invocation: Invocation,
  failure: Failure,
): Promise<void> {
  const { Target } = schedule.input;
  const what = `${Target.Arn} as due at ${inSeconds(invocation.dueMs)} (${failure.code}: ${failure.message})`;
  const queueArn = Target.DeadLetterConfig?.Arn;
  const tell = (text: string): void => world.journal.write(subjectOf(schedule), text);
  if (queueArn === undefined) {
    tell(`gave up ${what}`);
    return;
  }
  const message = {
    MessageBody: filledIn(Target.Input ?? '{}', schedule, invocation),
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes(schedule, invocation, failure)).map(([name, text]) => [
        name,
        { DataType: 'String', StringValue: text },
      ]),
    ),
  };
  try {
    await world.door.call(sendMessage(schedule, queueArn, message));
    tell(`put ${what} into ${queueArn}`);
  } catch (error) {
    tell(`gave up ${what}; its dead-letter queue refused it: ${named(error).message}`);
  }
}

/** Source: EventBridge Scheduler user guide, "Configuring a dead-letter queue". */
const attributes = (
  { arn, input }: Schedule,
  { executionId, dueMs }: Invocation,
  { code, message, retries, exhausted }: Failure,
): Record<string, string> => ({
  ERROR_CODE: code,
  ERROR_MESSAGE: message,
  EXECUTION_ID: executionId,
  ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
  IS_PAYLOAD_TRUNCATED: 'false',
  RETRY_ATTEMPTS: String(retries),
  SCHEDULED_TIME: inSeconds(dueMs),
  SCHEDULE_ARN: arn,
  TARGET_ARN: input.Target.Arn,
});

const subjectOf = ({ groupName, input }: Schedule): string => `scheduler/${groupName}/${input.Name}`;
