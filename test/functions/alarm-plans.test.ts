import { planned } from './support/requests.ts';

const alarms = (limits: object = {}, type = 'ml.c5.xlarge') =>
  planned({}, { pipeline: 'flight-delay', overrides: { deploy: { alarms: limits, instances: { type } } } })
    .deploy.alarms;

const one = (limits: object, key: string, type?: string) =>
  alarms(limits, type).find((alarm) => alarm.key === key)!;

test('a pipeline that limits nothing more watches errors and the slowest answers', () => {
  expect(alarms().map(({ key, scope }) => [key, scope])).toEqual([
    ['errors', 'fleet'],
    ['latency', 'fleet'],
  ]);
});

test.each([
  ['errorRatePercent', 7, 'errors', 'Invocation5XXErrors', { Statistic: 'Average', Threshold: 0.07 }],
  ['clientErrorRatePercent', 10, 'client-errors', 'Invocation4XXErrors', { Threshold: 0.1 }],
  ['p50LatencyMs', 40, 'latency-p50', 'ModelLatency', { ExtendedStatistic: 'p50', Threshold: 40_000 }],
  ['p90LatencyMs', 0.5, 'latency-p90', 'ModelLatency', { ExtendedStatistic: 'p90', Threshold: 500 }],
  ['p99LatencyMs', 250, 'latency', 'ModelLatency', { ExtendedStatistic: 'p99', Threshold: 250_000 }],
  ['p90OverheadMs', 50, 'overhead-p90', 'OverheadLatency', { ExtendedStatistic: 'p90', Threshold: 50_000 }],
  ['p99OverheadMs', 200, 'overhead-p99', 'OverheadLatency', { ExtendedStatistic: 'p99' }],
])('%s is held against the release’s own fleet, in CloudWatch’s units', (limit, value, key, metric, rest) => {
  const { scope, request } = one({ [limit]: value }, key);

  expect(scope).toBe('fleet');
  expect(request).toMatchObject({ Namespace: 'AWS/SageMaker', MetricName: metric, ...rest });
});

test.each([
  ['cpuPercent', 90, 'cpu', 'CPUUtilization', 'ml.c5.xlarge', 360],
  ['cpuPercent', 50, 'cpu', 'CPUUtilization', 'ml.c4.8xlarge', 1800],
  ['cpuPercent', 50, 'cpu', 'CPUUtilization', 'ml.m8g.medium', 50],
  ['cpuPercent', 50, 'cpu', 'CPUUtilization', 'ml.t2.medium', 100],
  ['memoryPercent', 90, 'memory', 'MemoryUtilization', 'ml.c5.xlarge', 90],
  ['diskPercent', 80, 'disk', 'DiskUtilization', 'ml.c5.xlarge', 80],
  ['gpuPercent', 95, 'gpu', 'GPUUtilization', 'ml.g4dn.12xlarge', 380],
  ['gpuMemoryPercent', 95, 'gpu-memory', 'GPUMemoryUtilization', 'ml.g5.xlarge', 95],
])(
  '%s %f is held against all instances of the variant: %s %s on %s rings over %i',
  (limit, value, key, metric, type, threshold) => {
    const { scope, request } = one({ [limit]: value }, key, type);

    expect(scope).toBe('variant');
    expect(request).toMatchObject({
      Namespace: '/aws/sagemaker/Endpoints',
      MetricName: metric,
      Statistic: 'Average',
      Threshold: threshold,
    });
  },
);

test('every alarm becomes OK before anything is told of its fleet, and costs show whose it is', () => {
  for (const { request } of alarms({ cpuPercent: 90, p50LatencyMs: 40, periods: 3 })) {
    expect(request).toMatchObject({
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      TreatMissingData: 'notBreaching',
      Tags: expect.arrayContaining([{ Key: 'signalbox:pipeline', Value: 'flight-delay' }]),
    });
  }
});
