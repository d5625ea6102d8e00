import { HostingWorld, START_MS } from './hosting-world.ts';

const MINUTE_MS = 60_000;

const percent = (Value: number) => ({ Type: 'CAPACITY_PERCENT', Value });
const instances = (Value: number) => ({ Type: 'INSTANCE_COUNT', Value });

const blueGreen = (Type: string, sizes: object) => ({
  BlueGreenUpdatePolicy: {
    TrafficRoutingConfiguration: { Type, WaitIntervalInSeconds: 600, ...sizes },
  },
});

const rolling = (MaximumBatchSize: object) => ({
  RollingUpdatePolicy: { MaximumBatchSize, WaitIntervalInSeconds: 600 },
});

describe('in its first bake the new fleet gets exactly what its whole instances carry', () => {
  test.each([
    ['a canary of 25 %', blueGreen('CANARY', { CanarySize: percent(25) }), 4, 1],
    ['a canary of 30 %', blueGreen('CANARY', { CanarySize: percent(30) }), 5, 1],
    ['a canary of 1 %', blueGreen('CANARY', { CanarySize: percent(1) }), 8, 1],
    ['a canary of 2 instances', blueGreen('CANARY', { CanarySize: instances(2) }), 6, 2],
    ['a linear step of 40 %', blueGreen('LINEAR', { LinearStepSize: percent(40) }), 5, 2],
    ['a rolling batch of 50 %', rolling(percent(50)), 3, 1],
    ['a rolling batch of 1 instance', rolling(instances(1)), 4, 1],
  ])('%s', async (_what, deployment, count, carrying) => {
    // No share of 421 comes out even by the minute.
    const hosting = await HostingWorld.open({ scenario: { fleet: () => ({ requestsPerMinute: 421 }) } });
    await hosting.live('r1', { InitialInstanceCount: count });
    await hosting.release('r2', { InitialInstanceCount: count });
    await hosting.update('r2', deployment);
    await hosting.world.clock.advance(4 * MINUTE_MS);

    const fromMs = hosting.world.clock.now();
    await hosting.world.clock.advance(8 * MINUTE_MS);

    expect(Math.abs(hosting.shareOf('r2', fromMs) - carrying / count)).toBeLessThan(0.001);
  });
});

// 120 a minute with a tenth of errors are alike minute by minute, 125 are not: the one way of counting proves the other.
test.each([120, 125])(
  'a day of %i requests a minute is counted to the last, through a shift too',
  async (rate) => {
    const hosting = await HostingWorld.open({
      scenario: { fleet: () => ({ requestsPerMinute: rate, errorShare: 0.1 }) },
    });
    await hosting.live('r1');
    await hosting.release('r2');
    await hosting.world.clock.advance(12 * 60 * MINUTE_MS - 20_000);
    await hosting.update('r2', blueGreen('LINEAR', { LinearStepSize: percent(25) }));
    await hosting.world.clock.advance(12 * 60 * MINUTE_MS + 20_000);

    const rows = hosting.world.sagemaker.endpoints.traffic('flights');
    const sum = (of: 'requests' | 'errors') => rows.reduce((total, row) => total + row[of], 0);
    // What a fleet's last minute left of a request went with it.
    expect(24 * 60 * rate - sum('requests')).toBeLessThanOrEqual(1);
    expect(24 * 6 * rate - sum('errors')).toBeLessThanOrEqual(1);
    const { Datapoints } = await hosting.call('GetMetricStatistics', {
      Namespace: 'AWS/SageMaker',
      MetricName: 'Invocation5XXErrors',
      Dimensions: [
        { Name: 'EndpointName', Value: 'flights' },
        { Name: 'VariantName', Value: 'main' },
      ],
      StartTime: new Date(START_MS),
      EndTime: new Date(START_MS + 2 * 1440 * MINUTE_MS),
      Period: 3600,
      Statistics: ['Sum', 'SampleCount'],
    });
    const total = (of: string) =>
      Datapoints.reduce((all: number, point: Record<string, number>) => all + point[of]!, 0);
    expect([total('SampleCount'), total('Sum')]).toEqual([sum('requests'), sum('errors')]);
  },
);
