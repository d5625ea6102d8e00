import { config, variant } from './hosting-variants.ts';
import { HostingWorld, START_MS } from './hosting-world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** Statistics of one metric of the instances of a variant, by minutes since `fromMs`. */
async function told(hosting: HostingWorld, fromMs: number, MetricName: string, VariantName = 'main') {
  const { Datapoints } = await hosting.call('GetMetricStatistics', {
    Namespace: '/aws/sagemaker/Endpoints',
    MetricName,
    Dimensions: [
      { Name: 'EndpointName', Value: 'flights' },
      { Name: 'VariantName', Value: VariantName },
    ],
    StartTime: new Date(fromMs),
    EndTime: new Date(fromMs + 60 * MINUTE_MS),
    Period: 60,
    Statistics: ['Average', 'SampleCount'],
  });
  return Datapoints as { Average: number; SampleCount: number }[];
}

const cpuAlarm = (more: object = {}) => ({
  AlarmName: 'cpu',
  Namespace: '/aws/sagemaker/Endpoints',
  MetricName: 'CPUUtilization',
  Dimensions: [
    { Name: 'EndpointName', Value: 'flights' },
    { Name: 'VariantName', Value: 'main' },
  ],
  Statistic: 'Average',
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 150,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  ...more,
});

test('every instance tells what it does, each minute, as the scenario says or else little', async () => {
  const hosting = await HostingWorld.open({ scenario: { fleet: () => ({ cpuPercent: 165 }) } });
  await hosting.live('r1');
  const fromMs = hosting.world.clock.now();

  await hosting.world.clock.advance(10 * MINUTE_MS);

  const cpu = await told(hosting, fromMs, 'CPUUtilization');
  expect(cpu).toHaveLength(10);
  expect(new Set(cpu.map(({ Average, SampleCount }) => `${Average} of ${SampleCount}`))).toEqual(
    new Set(['165 of 4']),
  );
  expect((await told(hosting, fromMs, 'MemoryUtilization'))[0]).toMatchObject({ Average: 20 });
  expect((await told(hosting, fromMs, 'DiskUtilization'))[0]).toMatchObject({ Average: 10 });
  expect(await told(hosting, fromMs, 'GPUUtilization')).toEqual([]);
});

test('instances with GPUs tell of them too', async () => {
  const hosting = await HostingWorld.open({ scenario: { fleet: () => ({ gpuPercent: 77 }) } });
  await hosting.live('r1', { InstanceType: 'ml.g4dn.xlarge' });
  const fromMs = hosting.world.clock.now();

  await hosting.world.clock.advance(MINUTE_MS);

  expect(await told(hosting, fromMs, 'GPUUtilization')).toMatchObject([{ Average: 77 }]);
  expect(await told(hosting, fromMs, 'GPUMemoryUtilization')).toMatchObject([{ Average: 10 }]);
});

test('old and new fleet are one in it while both are there, and the old one falls silent with its end', async () => {
  const hosting = await HostingWorld.twoReleases({
    scenario: { fleet: ({ endpointConfigName }) => ({ cpuPercent: endpointConfigName === 'r1' ? 20 : 60 }) },
  });
  await hosting.update('r2', {
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 },
      TerminationWaitInSeconds: 600,
    },
  });
  await hosting.world.clock.advance(5 * MINUTE_MS);
  const together = hosting.world.clock.now();
  await hosting.settled();
  const alone = hosting.world.clock.now();
  await hosting.world.clock.advance(5 * MINUTE_MS);

  expect((await told(hosting, together, 'CPUUtilization'))[0]).toMatchObject({ Average: 40, SampleCount: 8 });
  expect((await told(hosting, alone, 'CPUUtilization'))[0]).toMatchObject({ Average: 60, SampleCount: 4 });
});

test('a variant that gets more instances hears of more, a shadow is told under its own name', async () => {
  const hosting = await HostingWorld.twoReleases({
    scenario: { fleet: ({ variantName }) => ({ cpuPercent: variantName === 'challenger' ? 99 : 5 }) },
  });
  await config(hosting, 'trial', [variant('main', 'r1', 1)], variant('challenger', 'r2', 1));
  await hosting.update('trial');
  await hosting.settled();

  await hosting.call('UpdateEndpointWeightsAndCapacities', {
    EndpointName: 'flights',
    DesiredWeightsAndCapacities: [{ VariantName: 'main', DesiredInstanceCount: 7 }],
  });
  await hosting.settled();
  await hosting.world.clock.advance(MINUTE_MS);
  const fromMs = hosting.world.clock.now();
  await hosting.world.clock.advance(MINUTE_MS);

  expect(await told(hosting, fromMs, 'CPUUtilization')).toMatchObject([{ Average: 5, SampleCount: 7 }]);
  expect(await told(hosting, fromMs, 'CPUUtilization', 'challenger')).toMatchObject([
    { Average: 99, SampleCount: 2 },
  ]);
});

test('an alarm on them rings three minutes after a hungry fleet has come, after a month of calm', async () => {
  const hosting = await HostingWorld.twoReleases({
    scenario: {
      fleet: ({ endpointConfigName }) => ({
        requestsPerMinute: 120,
        cpuPercent: endpointConfigName === 'r1' ? 20 : 190,
      }),
    },
  });
  await hosting.call('PutMetricAlarm', cpuAlarm());
  const alarm = hosting.world.cloudwatch.alarms.get('cpu')!;
  await hosting.world.clock.advance(30 * DAY_MS);
  expect(alarm.current.state).toBe('OK');

  await hosting.update('r2');
  await hosting.settled();
  const comeMs = hosting.world.clock.now();
  await hosting.world.clock.advance(5 * MINUTE_MS);

  expect(alarm.current.state).toBe('ALARM');
  expect(alarm.current.atMs - comeMs).toBeLessThanOrEqual(3 * MINUTE_MS);
  const { 'r1/main': requests } = Object.fromEntries(
    [
      ...Map.groupBy(
        hosting.world.sagemaker.endpoints.traffic('flights'),
        ({ fleet, variant: name }) => `${fleet}/${name}`,
      ),
    ].map(([name, rows]) => [name, rows.reduce((sum, row) => sum + row.requests, 0)]),
  );
  expect(requests).toBe(((comeMs - START_MS) / MINUTE_MS - 3) * 120);
});
