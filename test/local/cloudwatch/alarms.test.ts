import { HostingWorld } from '../sagemaker-endpoints/hosting-world.ts';
import { type Account, openAccount, START_MS } from '../support/open-account.ts';
import { driftAlarm } from './drift-alarm.ts';

const MINUTE_MS = 60_000;
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:told';

const state = async ({ call }: Pick<Account, 'call'>) =>
  (await call('DescribeAlarms', { AlarmNames: ['drift'] })).MetricAlarms[0];

const measure = ({ call }: Pick<Account, 'call'>, Value: number) =>
  call('PutMetricData', { Namespace: 'Flights', MetricData: [{ MetricName: 'Drift', Value }] });

describe('an alarm', () => {
  test('begins without data and is OK at the next full minute when silence is no breach', async () => {
    const account = await openAccount();
    await account.call('PutMetricAlarm', driftAlarm());

    expect(await state(account)).toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
    });
    await account.world.clock.advance(MINUTE_MS);

    expect(await state(account)).toMatchObject({
      StateValue: 'OK',
      StateReason:
        'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
      StateUpdatedTimestamp: new Date(START_MS + MINUTE_MS),
    });
  });

  test('rings at the end of a bad minute, tells EventBridge and its topic, and calms down again', async () => {
    const account = await openAccount();
    await account.call('CreateTopic', { Name: 'told' });
    await account.call(
      'PutMetricAlarm',
      driftAlarm({ AlarmDescription: 'Drift of the features', AlarmActions: [TOPIC] }),
    );
    await account.world.clock.advance(5 * MINUTE_MS);

    await measure(account, 0.5);
    await account.world.clock.advance(MINUTE_MS);

    expect(account.events.at(-1)).toEqual({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:drift'],
      detail: {
        alarmName: 'drift',
        state: {
          value: 'ALARM',
          reason:
            'Threshold Crossed: 1 datapoint [0.5 (02/03/26 09:05:00)] was greater than the threshold (0.2).',
          reasonData: expect.stringMatching('"recentDatapoints":\\[0.5\\]'),
          timestamp: '2026-03-02T09:06:00.000+0000',
        },
        previousState: expect.objectContaining({ value: 'OK', timestamp: '2026-03-02T09:01:00.000+0000' }),
        configuration: {
          description: 'Drift of the features',
          metrics: [
            {
              id: 'm1',
              returnData: true,
              metricStat: {
                metric: { namespace: 'Flights', name: 'Drift', dimensions: {} },
                period: 60,
                stat: 'Maximum',
              },
            },
          ],
        },
      },
    });
    expect(account.world.sns.published).toEqual([
      expect.objectContaining({ topicArn: TOPIC, subject: 'ALARM: "drift" in EU (Ireland)' }),
    ]);
    await account.world.clock.advance(3 * MINUTE_MS);
    expect(await state(account)).toMatchObject({ StateValue: 'OK' });
  });

  test('sleeps through a quiet night: eight hours ask the clock for no timer', async () => {
    const hosting = await HostingWorld.open({ scenario: { fleet: () => ({}) } });
    await hosting.live('r1');
    await hosting.call('PutMetricAlarm', driftAlarm());
    await hosting.world.clock.advance(5 * MINUTE_MS);
    let timers = 0;
    const { clock } = hosting.world;
    const at = clock.at.bind(clock);
    clock.at = (...request) => {
      timers += 1;
      return at(...request);
    };

    await clock.advance(8 * 60 * MINUTE_MS);
    expect(timers).toBe(0);

    await measure(hosting, 0.9);
    await clock.advance(MINUTE_MS);
    expect(await state(hosting)).toMatchObject({ StateValue: 'ALARM' });
  });

  test('sleeps through a busy month whose minutes are all alike, and wakes when one is not', async () => {
    const traffic = () => ({ requestsPerMinute: 120, errorShare: 0.1 });
    const hosting = await HostingWorld.open({ scenario: { fleet: traffic } });
    await hosting.live('r1');
    const alarm = await hosting.alarm('r1');
    await hosting.world.clock.advance(5 * MINUTE_MS);
    const { clock, cloudwatch } = hosting.world;
    expect(cloudwatch.alarms.get(alarm)!.current.state).toBe('ALARM');
    let timers = 0;
    const at = clock.at.bind(clock);
    clock.at = (...request) => {
      timers += 1;
      return at(...request);
    };

    await clock.advance(30 * 1440 * MINUTE_MS);
    expect(timers).toBe(0);

    await hosting.call('DeleteEndpoint', { EndpointName: 'flights' });
    await clock.advance(10 * MINUTE_MS);
    expect(cloudwatch.alarms.get(alarm)!.current.state).toBe('OK');
  });

  test('holds a state set by hand until its next evaluation', async () => {
    const account = await openAccount();
    await account.call('PutMetricAlarm', driftAlarm());
    await account.world.clock.advance(MINUTE_MS);

    await account.call('SetAlarmState', { AlarmName: 'drift', StateValue: 'ALARM', StateReason: 'a drill' });
    expect(await state(account)).toMatchObject({ StateValue: 'ALARM', StateReason: 'a drill' });

    await account.world.clock.advance(MINUTE_MS);
    expect(await state(account)).toMatchObject({ StateValue: 'OK' });
  });

  test('judges percentiles exactly', async () => {
    const account = await openAccount();
    await account.call(
      'PutMetricAlarm',
      driftAlarm({
        Statistic: undefined,
        ExtendedStatistic: 'p99',
        Threshold: 100,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      }),
    );
    await account.call('PutMetricData', {
      Namespace: 'Flights',
      MetricData: [{ MetricName: 'Drift', Values: [10, 100], Counts: [98, 2] }],
    });
    await account.world.clock.advance(MINUTE_MS);

    expect(await state(account)).toMatchObject({ StateValue: 'ALARM' });
  });
});

describe('alarms together', () => {
  test('are listed by prefix and in pages, and deleted all or none', async () => {
    const account = await openAccount();
    for (const AlarmName of ['b-2', 'a-1', 'b-1'])
      await account.call('PutMetricAlarm', driftAlarm({ AlarmName }));

    const first = await account.call('DescribeAlarms', { AlarmNamePrefix: 'b-', MaxRecords: 1 });
    const second = await account.call('DescribeAlarms', {
      AlarmNamePrefix: 'b-',
      MaxRecords: 1,
      NextToken: first.NextToken,
    });

    expect([first, second].map((page) => page.MetricAlarms[0].AlarmName)).toEqual(['b-1', 'b-2']);
    expect(second).not.toHaveProperty('NextToken');
    await expect(account.call('DeleteAlarms', { AlarmNames: ['a-1', 'nobody'] })).rejects.toMatchObject({
      code: 'ResourceNotFound',
    });
    expect((await account.call('DescribeAlarms', {})).MetricAlarms).toHaveLength(3);
  });
});
