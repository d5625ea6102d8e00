/** An alarm that rings at the end of a minute in which `Drift` rose above 0.2; silence is no breach. */
export const driftAlarm = (more: object = {}) => ({
  AlarmName: 'drift',
  Namespace: 'Flights',
  MetricName: 'Drift',
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 0.2,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  ...more,
});
