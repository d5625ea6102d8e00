import type { AlarmConfig } from '../../../local/services/cloudwatch/alarm-config.ts';
import { type Datapoint, evaluateAlarm } from '../../../local/services/cloudwatch/evaluate-alarm.ts';

// The two tables of CloudWatch's user guide, "How alarm state is evaluated when data is missing":
// 0 is a datapoint that does not breach, X one that does, - a missing one; the newest is on the right.
// The columns are: missing, ignore, breaching, notBreaching.
const table = (rows: string): string[][] =>
  rows
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));

const threeOfThree = table(`
  0 - X - X | OK | OK | OK | OK
  0 - - - - | OK | OK | OK | OK
  - - - - - | INSUFFICIENT_DATA | kept | ALARM | OK
  0 X X - X | ALARM | ALARM | ALARM | ALARM
  - - - - X | INSUFFICIENT_DATA | kept | ALARM | OK
  - - X - - | ALARM | kept | ALARM | OK
`);

const twoOfThree = table(`
  0 - X - X | ALARM | ALARM | ALARM | ALARM
  0 0 X 0 X | ALARM | ALARM | ALARM | ALARM
  0 - X - - | OK | OK | ALARM | OK
  - - - - 0 | OK | OK | ALARM | OK
  - - - - X | INSUFFICIENT_DATA | kept | ALARM | OK
`);

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

describe.each([
  ['3 of 3', 3, threeOfThree],
  ['2 of 3', 2, twoOfThree],
] as const)('an alarm on %s datapoints', (_name, DatapointsToAlarm, rows) => {
  test.each(
    rows.flatMap(([points, ...states]) =>
      TREATMENTS.map((how, index) => [points!, how, states[index]!] as const),
    ),
  )('that sees %s and takes silence as %s is %s', (points, TreatMissingData, expected) => {
    const range = points
      .split(' ')
      .map(
        (point, index): Datapoint => ({
          startMs: index * 60_000,
          value: { 0: 0, X: 1 }[point],
          sampleCount: point === '-' ? 0 : 1,
        }),
      )
      .reverse();
    const config = {
      EvaluationPeriods: 3,
      DatapointsToAlarm,
      Threshold: 0.5,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData,
    } as AlarmConfig;

    for (const current of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
      expect(evaluateAlarm(config, range, current).state).toBe(expected === 'kept' ? current : expected);
    }
  });
});
