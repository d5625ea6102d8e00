import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/aws-error.ts';
import type { Scenario } from '../../../local/scenario.ts';
import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';
import { allow, arnOf, giveRoleTo } from '../support/roles.ts';

const MINUTE = 60_000;

let world: World;
let call: Account['call'];
let RoleArn: string;

/** Queues, and a role that may send to them. */
const open = async (scenario: Scenario = {}): Promise<void> => {
  ({ world, call } = await openAccount({ scenario }));
  for (const name of ['events', 'dead']) world.sqs.createQueue(name);
  RoleArn = giveRoleTo(
    { Service: 'scheduler.amazonaws.com' },
    world,
    'waker',
    allow('sqs:SendMessage', [arnOf('sqs', 'events'), arnOf('sqs', 'dead')]),
  );
};

const input = (given: object = {}, target: object = {}) => ({
  Name: 'nightly',
  ScheduleExpression: 'rate(10 minutes)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: arnOf('sqs', 'events'), RoleArn, Input: '<aws.scheduler.scheduled-time>', ...target },
  ...given,
});

const bodies = (queue = 'events'): string[] => world.sqs.messages(queue).map(({ body }) => body);

describe('a schedule', () => {
  test('by rate calls its target at once and then each period, and tells when that was due', async () => {
    await open();
    await call('CreateSchedule', input());

    await world.clock.advance(25 * MINUTE);

    expect(bodies()).toEqual(['2026-03-02T09:00:00Z', '2026-03-02T09:10:00Z', '2026-03-02T09:20:00Z']);
  });

  test('runs between its start and its end', async () => {
    await open();
    const StartDate = new Date('2026-03-02T09:05:00Z');
    const EndDate = new Date('2026-03-02T09:16:00Z');
    await call('CreateSchedule', input({ StartDate, EndDate }));

    await world.clock.advance(60 * MINUTE);

    expect(bodies()).toEqual(['2026-03-02T09:05:00Z', '2026-03-02T09:15:00Z']);
  });

  test('by cron keeps to the clocks of its zone', async () => {
    await open();
    const ScheduleExpressionTimezone = 'Asia/Kolkata';
    const ScheduleExpression = 'cron(0 15 ? * MON-FRI *)';
    await call('CreateSchedule', input({ ScheduleExpression, ScheduleExpressionTimezone }));

    await world.clock.advance(24 * 60 * MINUTE);

    expect(bodies()).toEqual(['2026-03-02T09:30:00Z']);
  });

  test('that is due once keeps the clock going until then, and goes if it is told to', async () => {
    await open();
    const ScheduleExpression = 'at(2026-03-03T00:00:00)';
    await call('CreateSchedule', input({ ScheduleExpression, ActionAfterCompletion: 'DELETE' }));

    await world.clock.runUntil(() => bodies().length > 0);

    expect(bodies()).toEqual(['2026-03-03T00:00:00Z']);
    await expect(call('GetSchedule', { Name: 'nightly' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Schedule nightly does not exist.',
    });
  });

  test('that comes again and again does not keep the clock going', async () => {
    await open();
    await call('CreateSchedule', input({ ScheduleExpression: 'cron(0 12 * * ? *)' }));

    await expect(world.clock.runUntil(() => false)).rejects.toThrow('Nothing is left to happen');
  });

  test('calls somewhere in its window, and tells the moment that was due', async () => {
    await open();
    const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 };
    await call('CreateSchedule', input({ ScheduleExpression: 'cron(0 12 * * ? *)', FlexibleTimeWindow }));

    await world.clock.advance(24 * 60 * MINUTE);

    expect(bodies()).toEqual(['2026-03-02T12:00:00Z']);
    const lateMs = world.sqs.messages('events')[0]!.sentMs - Date.parse('2026-03-02T12:00:00Z');
    expect(lateMs).toBeGreaterThan(0);
    expect(lateMs).toBeLessThan(15 * MINUTE);
  });

  test('is put anew as a whole, disabled, and deleted', async () => {
    await open();
    await call('CreateSchedule', input({ Description: 'Every night.' }));
    await world.clock.advance(MINUTE);
    await call('UpdateSchedule', input({ State: 'DISABLED' }));
    await world.clock.advance(60 * MINUTE);

    expect(bodies()).toHaveLength(1);
    const described = await call('GetSchedule', { Name: 'nightly' });
    expect(described).toMatchObject({
      State: 'DISABLED',
      GroupName: 'default',
      ScheduleExpressionTimezone: 'UTC',
      CreationDate: new Date('2026-03-02T09:00:00Z'),
      LastModificationDate: new Date('2026-03-02T09:01:00Z'),
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } },
    });
    expect(described).not.toHaveProperty('Description');
    await call('DeleteSchedule', { Name: 'nightly' });
    expect(await call('ListSchedules', {})).toEqual({ Schedules: [] });
  });
});

describe('a target', () => {
  test('that is a state machine is started in the schedule’s role, with the attributes filled in', async () => {
    await open();
    const machineArn = arnOf('states', 'stateMachine:release');
    const machineRole = giveRoleTo({ Service: 'states.amazonaws.com' }, world, 'machine');
    const waker = giveRoleTo(
      { Service: 'scheduler.amazonaws.com' },
      world,
      'starter',
      allow('states:StartExecution', machineArn),
    );
    const definition = { QueryLanguage: 'JSONata', StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
    await call('CreateStateMachine', {
      name: 'release',
      roleArn: machineRole,
      definition: JSON.stringify(definition),
    });
    const Input =
      '{"schedule":"<aws.scheduler.schedule-arn>","id":"<aws.scheduler.execution-id>","attempt":<aws.scheduler.attempt-number>,"at":"<aws.scheduler.scheduled-time>"}';
    const quoted = Input.replace('<aws.scheduler.attempt-number>', '"<aws.scheduler.attempt-number>"');
    await call('CreateSchedule', input({}, { Arn: machineArn, RoleArn: waker, Input: quoted }));

    await world.clock.advance(MINUTE);

    const { executions } = await call('ListExecutions', { stateMachineArn: machineArn });
    const { input: given, name } = await call('DescribeExecution', {
      executionArn: executions[0].executionArn,
    });
    expect(JSON.parse(given)).toEqual({
      schedule: arnOf('scheduler', 'schedule/default/nightly'),
      id: name,
      attempt: '1',
      at: '2026-03-02T09:00:00Z',
    });
  });

  test('that is told no input gets Scheduler’s own notification', async () => {
    await open();
    await call('CreateSchedule', input({}, { Input: undefined }));

    await world.clock.advance(MINUTE);

    expect(JSON.parse(bodies()[0]!)).toMatchObject({
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      time: '2026-03-02T09:00:00Z',
      resources: [arnOf('scheduler', 'schedule/default/nightly')],
    });
  });

  test('that does not answer is called again, with the number of the attempt', async () => {
    let refusals = 2;
    const throttled = new AwsError('ThrottlingException', 'Rate exceeded');
    await open({
      fault: ({ operation }) => (operation === 'SendMessage' && refusals-- > 0 ? throttled : undefined),
    });
    await call('CreateSchedule', input({}, { Input: '<aws.scheduler.attempt-number>' }));

    await world.clock.advance(MINUTE);

    expect(bodies()).toEqual(['3']);
  });

  test('that refuses leaves a dead letter with the reason', async () => {
    await open();
    const nowhere = { Arn: arnOf('sqs', 'nowhere'), DeadLetterConfig: { Arn: arnOf('sqs', 'dead') } };
    await call('CreateSchedule', input({}, nowhere));

    await world.clock.advance(MINUTE);

    const [dead] = world.sqs.messages('dead');
    const texts = Object.entries(dead!.attributes).map(([name, { StringValue }]) => [name, StringValue]);
    expect(Object.fromEntries(texts)).toEqual({
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: expect.stringContaining('not authorized'),
      EXECUTION_ID: expect.any(String),
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: '0',
      SCHEDULED_TIME: '2026-03-02T09:00:00Z',
      SCHEDULE_ARN: arnOf('scheduler', 'schedule/default/nightly'),
      TARGET_ARN: arnOf('sqs', 'nowhere'),
    });
    expect(dead!.body).toBe('2026-03-02T09:00:00Z');
  });
});

describe('is refused', () => {
  test.each([
    [{ ScheduleExpression: 'rate(10 seconds)' }, {}, 'Invalid Schedule Expression rate(10 seconds).'],
    [{ ScheduleExpression: 'cron(0 9 * * MON *)' }, {}, 'Invalid Schedule Expression'],
    [{ ScheduleExpressionTimezone: 'Mars/Olympus' }, {}, 'Mars/Olympus'],
    [{ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, {}, 'MaximumWindowInMinutes must be provided'],
    [{ FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } }, {}, 'must not be provided'],
    [{ EndDate: new Date('2026-03-01T00:00:00Z') }, {}, 'EndDate'],
    [{ GroupName: 'nowhere' }, {}, 'Schedule group nowhere does not exist.'],
    [
      {},
      { RoleArn: 'arn:aws:iam::123456789012:role/nobody' },
      'must allow AWS EventBridge Scheduler to assume',
    ],
    [{}, { Arn: arnOf('states', 'stateMachine:a'), Input: 'plain' }, 'not valid JSON'],
    [{}, { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' }, 'not modelled'],
    [{}, { RetryPolicy: { MaximumRetryAttempts: 186 } }, 'less than or equal to 185'],
  ])('%j %j', async (given, target, message) => {
    await open();
    await expect(call('CreateSchedule', input(given, target))).rejects.toThrow(message);
  });

  test('a name that is taken', async () => {
    await open();
    await call('CreateSchedule', input());
    await expect(call('CreateSchedule', input())).rejects.toMatchObject({
      code: 'ConflictException',
      message: 'Schedule nightly already exists.',
    });
  });
});

test('a group takes its schedules with it', async () => {
  await open();
  await call('CreateScheduleGroup', { Name: 'releases' });
  await call('CreateSchedule', input({ GroupName: 'releases' }));
  await call('CreateSchedule', input());

  const listed = await call('ListSchedules', { GroupName: 'releases' });
  expect(listed.Schedules).toMatchObject([{ Arn: arnOf('scheduler', 'schedule/releases/nightly') }]);
  await call('DeleteScheduleGroup', { Name: 'releases' });
  expect((await call('ListSchedules', {})).Schedules).toMatchObject([{ GroupName: 'default' }]);
  expect((await call('ListScheduleGroups', {})).ScheduleGroups).toMatchObject([{ Name: 'default' }]);
});
