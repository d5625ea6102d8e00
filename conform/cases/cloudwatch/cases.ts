import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import type { Aws } from '../../aws.ts';
import type { CallCase } from '../../case.ts';

/** An alarm over a metric of this case’s own. */
export const makeAlarm = async (aws: Aws, suffix = 'alarm', more: object = {}): Promise<string> => {
  const cloudwatch = aws.client(CloudWatchClient);
  const AlarmName = aws.name(suffix);
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'SignalboxConform',
      MetricName: aws.name('faults'),
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      Tags: aws.tags,
      ...more,
    }),
  );
  aws.later(`alarm ${AlarmName}`, () =>
    cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })),
  );
  return AlarmName;
};

const stateOf = async (aws: Aws, AlarmName: string) => {
  const { MetricAlarms } = await aws
    .client(CloudWatchClient)
    .send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
  return MetricAlarms![0]!;
};

export const untilState = (aws: Aws, alarm: string, wanted: string, minutes = 6) =>
  aws.until(
    `the alarm is ${wanted}`,
    async () => {
      const seen = await stateOf(aws, alarm);
      return seen.StateValue === wanted ? seen : undefined;
    },
    { minutes, everySeconds: 5 },
  );

export const cloudWatchCases: readonly CallCase[] = [
  {
    id: 'cloudwatch/new-alarm-without-data',
    title: 'A new alarm that takes missing data for good is OK before long',
    service: 'cloudwatch',
    asks: 'the state of a new alarm with `notBreaching` and no data, and whether it is OK within a minute',
    assumed: '`INSUFFICIENT_DATA` at first, `OK` within a minute',
    cost: { usd: 0.01, minutes: 3 },
    async run(aws) {
      const alarm = await makeAlarm(aws);
      const first = await stateOf(aws, alarm);
      const begun = first.StateUpdatedTimestamp!.getTime();
      const ok = await untilState(aws, alarm, 'OK');
      const seconds = (ok.StateUpdatedTimestamp!.getTime() - begun) / 1000;
      return { first: first.StateValue!, later: ok.StateValue!, withinAMinute: seconds <= 60 };
    },
  },
  {
    id: 'cloudwatch/alarm-states',
    title: 'An alarm rings when its metric says so, and when it is told to',
    service: 'cloudwatch',
    asks: 'state reasons after data and after SetAlarmState, and what is answered about unknown alarms',
    assumed: '`ALARM` at the next look; a state that was set holds until the next look',
    cost: { usd: 0.01, minutes: 8 },
    async run(aws) {
      const cloudwatch = aws.client(CloudWatchClient);
      const alarm = await makeAlarm(aws);
      await untilState(aws, alarm, 'OK');
      const set = await aws.refusal(
        cloudwatch.send(
          new SetAlarmStateCommand({ AlarmName: alarm, StateValue: 'ALARM', StateReason: 'asked' }),
        ),
      );
      const told = await stateOf(aws, alarm);
      await untilState(aws, alarm, 'OK');
      await cloudwatch.send(
        new PutMetricDataCommand({
          Namespace: 'SignalboxConform',
          MetricData: [{ MetricName: aws.name('faults'), Value: 3 }],
        }),
      );
      const rung = await untilState(aws, alarm, 'ALARM');
      return {
        set,
        told: { state: told.StateValue!, reason: told.StateReason! },
        rung: { state: rung.StateValue!, hasData: rung.StateReasonData !== undefined },
        unknown: await aws.refusal(
          cloudwatch.send(
            new SetAlarmStateCommand({ AlarmName: aws.name('gone'), StateValue: 'OK', StateReason: 'x' }),
          ),
        ),
        badPeriod: await aws.refusal(
          cloudwatch.send(
            new PutMetricAlarmCommand({
              AlarmName: aws.name('bad'),
              Namespace: 'SignalboxConform',
              MetricName: 'x',
              Statistic: 'Sum',
              Period: 45,
              EvaluationPeriods: 1,
              Threshold: 1,
              ComparisonOperator: 'GreaterThanThreshold',
            }),
          ),
        ),
      };
    },
  },
];
