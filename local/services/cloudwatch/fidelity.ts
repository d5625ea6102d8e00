import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'CloudWatch',
  behaviours: [
    {
      behaviour: 'An alarm is looked at each full minute',
      source: 'guide: Using alarms',
      standing: 'as AWS',
    },
    {
      behaviour: 'A new alarm with `notBreaching` and no data is `OK` within a minute',
      source: 'guide; the moment is not told',
      standing: 'unconfirmed',
      case: 'cloudwatch/new-alarm-without-data',
    },
    {
      behaviour: 'Missing-data rules, M of N',
      source: 'guide: Using alarms',
      standing: 'as AWS',
    },
    {
      behaviour: 'Percentiles are nearest rank; AWS uses a sketch',
      source: 'guide: Statistics',
      standing: 'ours',
    },
    {
      behaviour:
        'Endpoint metrics also with the `EndpointConfigName` dimension; errors as 0 or 1 per request; latency in microseconds',
      source: 'guide: SageMaker metrics',
      standing: 'as AWS',
    },
    {
      behaviour: 'Latency is real milliseconds in `npm start`, whatever the speed',
      source: 'a laptop’s containers are real',
      standing: 'ours',
    },
    {
      behaviour:
        'Metric math, high-resolution alarms, action suppressors of composite alarms, anomaly detection, trimmed means, an alarm’s `Unit` are refused',
      source: 'guide: Using alarms',
      standing: 'not modelled',
    },
    {
      behaviour:
        'Alarms publish to topics and invoke functions; other actions are left out with a line in the journal',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Composite alarms: `ALARM`, `OK`, `INSUFFICIENT_DATA`, `AND`, `OR`, `NOT`, `TRUE`, `FALSE` and brackets; looked at whenever an alarm in the rule changes; told only to who asks for `CompositeAlarm`',
      source: 'model: PutCompositeAlarm, DescribeAlarms; guide: Composite alarms',
      standing: 'as AWS',
    },
    {
      behaviour: 'A new composite alarm is looked at at once',
      source: 'the moment is not told',
      standing: 'ours',
    },
    {
      behaviour:
        'Minutes that are all alike are kept as one, and an alarm that sees nothing else is not looked at again until something changes: the same states at the same times',
      source: 'a month must be cheap',
      standing: 'ours',
    },
    {
      behaviour: 'The history of an alarm, kept for the world’s lifetime',
      source: 'model: DescribeAlarmHistory; the summaries are ours',
      standing: 'as AWS',
    },
    {
      behaviour: 'Texts for contradictory data and too many periods',
      source: 'recorded',
      standing: 'as AWS',
    },
  ],
};
