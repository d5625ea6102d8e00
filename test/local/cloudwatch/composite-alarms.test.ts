import { expect, test } from '@jest/globals';
import { parseRule } from '../../../local/services/cloudwatch/composite-rule.ts';
import { type Account, openAccount, START_MS } from '../support/open-account.ts';
import { driftAlarm } from './drift-alarm.ts';

const arn = (name: string): string => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`;

/** Alarms `a` and `b`, both OK, and `both` on what `rule` says of them. */
async function composed(AlarmRule: string, more: object = {}) {
  const account = await openAccount();
  for (const AlarmName of ['a', 'b']) await account.call('PutMetricAlarm', driftAlarm({ AlarmName }));
  await account.call('PutCompositeAlarm', { AlarmName: 'both', AlarmRule, ...more });
  await account.world.clock.advance(60_000);
  account.events.length = 0;
  return { ...account, set: setter(account), both: () => both(account) };
}

const setter =
  ({ call, world }: Account) =>
  async (AlarmName: string, StateValue: string): Promise<void> => {
    await call('SetAlarmState', { AlarmName, StateValue, StateReason: 'by hand' });
    await world.clock.advance(0);
  };

const both = async ({ call }: Account) =>
  (await call('DescribeAlarms', { AlarmNames: ['both'], AlarmTypes: ['CompositeAlarm'] })).CompositeAlarms[0];

test('a composite alarm rings when its rule holds, at once, and says which alarm did it', async () => {
  const { set, both: describe } = await composed('ALARM(a) AND ALARM(b)');
  expect(await describe()).toMatchObject({
    StateValue: 'OK',
    AlarmRule: 'ALARM(a) AND ALARM(b)',
    StateReason: `${arn('both')} was created and its alarm rule evaluates to OK`,
  });

  await set('a', 'ALARM');
  expect((await describe()).StateValue).toBe('OK');
  await set('b', 'ALARM');

  expect(await describe()).toMatchObject({
    StateValue: 'ALARM',
    StateUpdatedTimestamp: new Date(START_MS + 60_000),
    StateReason: `${arn('b')} transitioned to ALARM at Monday 02 March, 2026 09:01:00 UTC`,
  });
});

test('its event comes after that of the alarm that changed it, and carries the rule', async () => {
  const { set, events } = await composed('ALARM("a") OR ALARM("b")');

  await set('b', 'ALARM');

  expect(events.map(({ detail }) => [detail.alarmName, detail.state.value])).toEqual([
    ['b', 'ALARM'],
    ['both', 'ALARM'],
  ]);
  expect(events[1]).toMatchObject({
    detailType: 'CloudWatch Alarm State Change',
    resources: [arn('both')],
    detail: { previousState: { value: 'OK' }, configuration: { alarmRule: 'ALARM("a") OR ALARM("b")' } },
  });
});

test('it publishes to its topics what its children did', async () => {
  const { call, set, world } = await composed('ALARM(a)', {
    AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:people'],
  });
  await call('CreateTopic', { Name: 'people' });

  await set('a', 'ALARM');
  await world.clock.advance(1000);

  expect(JSON.parse(world.sns.published[0]!.message)).toMatchObject({
    AlarmName: 'both',
    NewStateValue: 'ALARM',
    AlarmRule: 'ALARM(a)',
    TriggeringChildren: [{ Arn: arn('a'), State: { Value: 'ALARM' } }],
  });
});

test('it guards an endpoint’s update like any other alarm', async () => {
  const { call, set, world } = await composed('ALARM(a)');
  for (const name of ['r1', 'r2']) {
    await call('CreateModel', {
      ModelName: name,
      ExecutionRoleArn: 'arn:aws:iam::123456789012:role/hosting',
      PrimaryContainer: { Image: 'elsewhere.example/flights' },
    });
    await call('CreateEndpointConfig', {
      EndpointConfigName: name,
      ProductionVariants: [
        { VariantName: 'main', ModelName: name, InstanceType: 'ml.c5.large', InitialInstanceCount: 2 },
      ],
    });
  }
  await call('CreateEndpoint', { EndpointName: 'flights', EndpointConfigName: 'r1' });
  await world.clock.advance(600_000);
  await call('UpdateEndpoint', {
    EndpointName: 'flights',
    EndpointConfigName: 'r2',
    DeploymentConfig: {
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 },
        TerminationWaitInSeconds: 600,
      },
      AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'both' }] },
    },
  });
  await world.clock.advance(300_000);

  await set('a', 'ALARM');

  expect(await call('DescribeEndpoint', { EndpointName: 'flights' })).toMatchObject({
    EndpointStatus: 'InService',
    EndpointConfigName: 'r1',
    FailureReason: expect.stringContaining('both'),
  });
});

test('only who asks for composites is told of them, and of their history', async () => {
  const { call } = await composed('ALARM(a)');

  const { MetricAlarms, CompositeAlarms } = await call('DescribeAlarms', {});
  expect([MetricAlarms.length, CompositeAlarms.length]).toEqual([2, 0]);
  const all = await call('DescribeAlarms', { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
  expect([all.MetricAlarms.length, all.CompositeAlarms.length]).toEqual([2, 1]);
  const history = async (input: object) =>
    (await call('DescribeAlarmHistory', { AlarmName: 'both', ...input })).AlarmHistoryItems;
  expect(await history({})).toEqual([]);
  expect(await history({ AlarmTypes: ['CompositeAlarm'] })).toHaveLength(2);
});

test('it takes a new rule, and can be deleted', async () => {
  const { call, set, both: describe, world } = await composed('ALARM(a)');
  await set('b', 'ALARM');

  await call('PutCompositeAlarm', { AlarmName: 'both', AlarmRule: 'ALARM(b)' });
  await world.clock.advance(0);
  expect((await describe()).StateValue).toBe('ALARM');
  await call('DeleteAlarms', { AlarmNames: ['both'] });

  expect(await describe()).toBeUndefined();
});

test.each([
  ['ALARM(a) AND NOT ALARM(b)', { a: 'ALARM', b: 'OK' }, true],
  ['ALARM(a) OR ALARM(b) AND OK(b)', { a: 'ALARM', b: 'ALARM' }, true],
  ['(ALARM(a) OR ALARM(b)) AND OK(b)', { a: 'ALARM', b: 'ALARM' }, false],
  ['NOT (ALARM(a) OR INSUFFICIENT_DATA(b))', { a: 'OK', b: 'OK' }, true],
  [`ALARM(${arn('a')}) AND OK('b')`, { a: 'ALARM', b: 'OK' }, true],
  ['ALARM("a name with blanks") OR FALSE', { 'a name with blanks': 'ALARM' }, true],
  ['TRUE AND OK(gone)', {}, false],
] as [string, Record<string, 'ALARM' | 'OK'>, boolean][])('%s with %j is %s', (text, states, holds) => {
  expect(parseRule(text).holds((name) => states[name])).toBe(holds);
});

test.each(['ALARM(a', 'ALARM a', 'ALARM(a) ALARM(b)', 'RINGS(a)', 'ALARM(a) AND', 'ALARM("a)', ''])(
  'the rule %j is refused',
  (text) => {
    expect(() => parseRule(text)).toThrow('Error in the alarm rule');
  },
);

test('a rule on an alarm that is not there is refused, and so is the name of another kind', async () => {
  const { call } = await composed('ALARM(a)');

  await expect(
    call('PutCompositeAlarm', { AlarmName: 'new', AlarmRule: 'ALARM(nobody)' }),
  ).rejects.toMatchObject({ code: 'ValidationError', message: expect.stringContaining('nobody') });
  await expect(call('PutMetricAlarm', driftAlarm({ AlarmName: 'both' }))).rejects.toMatchObject({
    code: 'ValidationError',
  });
});
