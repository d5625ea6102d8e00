import { describe, expect, test } from '@jest/globals';
import { letsIn, openAccount, START_MS } from '../support/open-account.ts';
import { driftAlarm } from './drift-alarm.ts';

const MINUTE_MS = 60_000;

describe('metrics', () => {
  const range = { StartTime: new Date(START_MS), EndTime: new Date(START_MS + 5 * MINUTE_MS), Period: 60 };

  test('are told as statistics per period', async () => {
    const { world, call } = await openAccount();
    const Dimensions = [{ Name: 'Feature', Value: 'delay' }];
    const MetricData = [{ MetricName: 'Drift', Dimensions, Values: [10, 2], Counts: [4, 1] }];
    await call('PutMetricData', { Namespace: 'Flights', MetricData });
    await world.clock.advance(2 * MINUTE_MS);
    await call('PutMetricData', {
      Namespace: 'Flights',
      MetricData: [{ MetricName: 'Drift', Dimensions, Value: 7 }],
    });

    const answer = await call('GetMetricStatistics', {
      ...range,
      Namespace: 'Flights',
      MetricName: 'Drift',
      Dimensions,
      Statistics: ['Sum', 'SampleCount', 'Maximum'],
      ExtendedStatistics: ['p50'],
    });

    expect(answer).toEqual({
      Label: 'Drift',
      Datapoints: [
        {
          Timestamp: new Date(START_MS),
          Sum: 42,
          SampleCount: 5,
          Maximum: 10,
          ExtendedStatistics: { p50: 10 },
        },
        {
          Timestamp: new Date(START_MS + 2 * MINUTE_MS),
          Sum: 7,
          SampleCount: 1,
          Maximum: 7,
          ExtendedStatistics: { p50: 7 },
        },
      ],
    });
  });

  test('are listed once they were measured, by some of their dimensions', async () => {
    const { call } = await openAccount();
    await call('PutMetricAlarm', driftAlarm({ MetricName: 'NeverMeasured' }));
    const dimensions = ['delay', 'carrier'].map((Value) => [{ Name: 'Feature', Value }]);
    for (const Dimensions of dimensions) {
      const MetricData = [{ MetricName: 'Drift', Dimensions, Value: 1 }];
      await call('PutMetricData', { Namespace: 'Flights', MetricData });
    }

    expect((await call('ListMetrics', {})).Metrics).toHaveLength(2);
    expect(
      (await call('ListMetrics', { Dimensions: [{ Name: 'Feature', Value: 'carrier' }] })).Metrics,
    ).toEqual([{ Namespace: 'Flights', MetricName: 'Drift', Dimensions: dimensions[1] }]);
  });

  test.each([
    [
      { Value: 1, Values: [1] },
      'InvalidParameterCombination',
      'The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.',
    ],
    [
      { Values: [1, 2], Counts: [1] },
      'InvalidParameterValue',
      'The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.',
    ],
  ])('that contradict themselves are refused: %j', async (datum, code, message) => {
    const { call } = await openAccount();

    await expect(
      call('PutMetricData', { Namespace: 'Flights', MetricData: [{ MetricName: 'Drift', ...datum }] }),
    ).rejects.toMatchObject({ code, message });
  });

  test('of too many periods, or of none, are refused', async () => {
    const { call } = await openAccount();
    const ask = (more: object) =>
      call('GetMetricStatistics', {
        ...range,
        Namespace: 'N',
        MetricName: 'M',
        Statistics: ['Sum'],
        ...more,
      });

    await expect(ask({ EndTime: new Date(START_MS + 86_460_000) })).rejects.toThrow(
      'You have requested up to 1441 datapoints, which exceeds the limit of 1440.',
    );
    await expect(ask({ EndTime: new Date(START_MS) })).rejects.toThrow(
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  });

  test('cannot be computed from one another here', async () => {
    const { call } = await openAccount();
    const { Period: _period, ...times } = range;

    await expect(
      call('GetMetricData', { ...times, MetricDataQueries: [{ Id: 'e', Expression: 'm1 / m2' }] }),
    ).rejects.toThrow('Metric math in GetMetricData is not modelled');
  });
});

describe('an alarm', () => {
  test('has a history of what was made of it, the newest first', async () => {
    const { world, call } = await openAccount();
    await call('PutMetricAlarm', driftAlarm());
    await world.clock.advance(MINUTE_MS);
    await call('SetAlarmState', { AlarmName: 'drift', StateValue: 'ALARM', StateReason: 'a drill' });
    await call('DeleteAlarms', { AlarmNames: ['drift'] });

    const { AlarmHistoryItems } = await call('DescribeAlarmHistory', { AlarmName: 'drift' });
    const { AlarmHistoryItems: states } = await call('DescribeAlarmHistory', {
      HistoryItemType: 'StateUpdate',
      ScanBy: 'TimestampAscending',
      MaxRecords: 1,
    });

    expect(AlarmHistoryItems.map((item: Record<string, string>) => item.HistorySummary)).toEqual([
      'Alarm "drift" deleted',
      'Alarm updated from OK to ALARM',
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm "drift" created',
    ]);
    expect(JSON.parse(AlarmHistoryItems[1].HistoryData)).toMatchObject({
      version: '1.0',
      oldState: { stateValue: 'OK' },
      newState: { stateValue: 'ALARM', stateReason: 'a drill' },
    });
    expect(states).toHaveLength(1);
  });

  test('invokes a function that lets it in', async () => {
    const events: object[] = [];
    const { world, call } = await openAccount({
      scenario: {
        fault: ({ operation, input }) => {
          if (operation === 'Invoke') events.push(JSON.parse((input as { Payload: string }).Payload));
          return undefined;
        },
      },
    });
    const wake = 'arn:aws:lambda:eu-west-1:123456789012:function:wake';
    const policy = letsIn('lambda.alarms.cloudwatch', 'lambda:InvokeFunction', wake);
    world.iam.setResourcePolicy(wake, policy);
    await call('PutMetricAlarm', driftAlarm({ AlarmActions: [wake] }));

    await call('SetAlarmState', { AlarmName: 'drift', StateValue: 'ALARM', StateReason: 'a drill' });
    await world.clock.advance(1_000);

    expect(events).toEqual([
      {
        source: 'aws.cloudwatch',
        alarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:drift',
        accountId: '123456789012',
        time: '2026-03-02T09:00:00.000+0000',
        region: 'eu-west-1',
        alarmData: expect.objectContaining({
          alarmName: 'drift',
          state: { value: 'ALARM', reason: 'a drill', timestamp: '2026-03-02T09:00:00.000+0000' },
        }),
      },
    ]);
  });

  test.each([
    [{ Unit: 'Microseconds' }, "An alarm's Unit is not modelled"],
    [{ Period: 10 }, 'A high-resolution alarm (Period below 60) is not modelled'],
    [{ ComparisonOperator: 'GreaterThanUpperThreshold' }, 'is not modelled'],
    [{ Statistic: undefined, ExtendedStatistic: 'tm90' }, 'The statistic tm90 is not modelled'],
    [{ ComparisonOperator: 'Greater' }, "at 'comparisonOperator' failed to satisfy constraint"],
    [{ EvaluationPeriods: 2, DatapointsToAlarm: 3 }, 'DatapointsToAlarm must not be greater'],
    [{ AlarmName: 'x'.repeat(256) }, 'less than or equal to 255'],
  ])('is refused with %j', async (changes, message) => {
    const { call } = await openAccount();

    await expect(call('PutMetricAlarm', driftAlarm(changes))).rejects.toThrow(message);
  });

  test('that is not there has no state to set: ResourceNotFound, without a word', async () => {
    const { call } = await openAccount();

    await expect(
      call('SetAlarmState', { AlarmName: 'nobody', StateValue: 'OK', StateReason: 'x' }),
    ).rejects.toMatchObject({ code: 'ResourceNotFound', message: '', statusCode: 404 });
  });
});
