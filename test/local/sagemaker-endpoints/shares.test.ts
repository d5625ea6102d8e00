import { HostingWorld } from './hosting-world.ts';

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
  ])('%s of %#', async (_what, deployment, count, carrying) => {
    // Seven in each second do not come out even by the minute.
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
