import { join } from 'node:path';
import { tarGz } from '../../../local/tar.ts';
import { config, requestsSince, variant } from './hosting-variants.ts';
import { HostingWorld } from './hosting-world.ts';

const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/flights:stable';

/** Real child processes under the serving contract, on a clock 100 times as fast as real time. */
async function processWorld(): Promise<HostingWorld> {
  const hosting = await HostingWorld.open({
    clock: { speed: 100 },
    scenario: { provisioning: { fleetSeconds: 5 } },
  });
  const { ecr, s3 } = hosting.world;
  ecr.createRepository('flights');
  const directory = join(import.meta.dirname, 'fixtures', 'image');
  ecr.push({ repository: 'flights', tag: 'stable', directory });
  s3.createBucket('artifacts');
  s3.put('artifacts', 'r1.tar.gz', tarGz({ 'model.json': '"champion"' }));
  s3.put('artifacts', 'r2.tar.gz', tarGz({ 'model.json': '"challenger"' }));
  return hosting;
}

const release = (hosting: HostingWorld, name: string, environment: Record<string, string> = {}) =>
  hosting.release(
    name,
    {},
    { Image: IMAGE, ModelDataUrl: `s3://artifacts/${name}.tar.gz`, Environment: environment },
  );

async function live(hosting: HostingWorld, environment: Record<string, string> = {}) {
  await release(hosting, 'r1', environment);
  await hosting.call('CreateEndpoint', { EndpointName: 'flights', EndpointConfigName: 'r1' });
  return hosting.settled();
}

const ask = async (hosting: HostingWorld): Promise<string> => {
  const output = await hosting.call('InvokeEndpoint', {
    EndpointName: 'flights',
    Body: '{}',
    ContentType: 'application/json',
  });
  return JSON.parse(Buffer.from(output.Body).toString());
};

describe('a fleet of real processes', () => {
  test('serves the unpacked model over HTTP', async () => {
    const hosting = await processWorld();

    expect(await live(hosting)).toMatchObject({ EndpointStatus: 'InService' });

    expect(await ask(hosting)).toBe('champion');
  });

  test('loses no request while another fleet takes over', async () => {
    const hosting = await processWorld();
    await live(hosting, { SLOW_MS: '30' });
    await release(hosting, 'r2', { SLOW_MS: '30' });
    let updated = false;
    const answers: string[] = [];
    const client = async (): Promise<void> => {
      while (!updated) answers.push(await ask(hosting));
      answers.push(await ask(hosting));
    };
    const clients = Array.from({ length: 8 }, client);

    await hosting.update('r2', {
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: {
          Type: 'CANARY',
          WaitIntervalInSeconds: 30,
          CanarySize: { Type: 'INSTANCE_COUNT', Value: 1 },
        },
      },
    });
    expect(await hosting.settled()).toMatchObject({ EndpointConfigName: 'r2' });
    updated = true;

    await Promise.all(clients);
    expect(new Set(answers)).toEqual(new Set(['champion', 'challenger']));
    expect(await ask(hosting)).toBe('challenger');
    expect(hosting.world.sagemaker.endpoints.traffic('flights').every(({ errors }) => errors === 0)).toBe(
      true,
    );
  });

  test('copies its share of real requests to a shadow that is slow, and keeps nobody waiting for it', async () => {
    const hosting = await processWorld();
    await live(hosting);
    await release(hosting, 'r2', { SLOW_MS: '400' });
    await config(hosting, 'trial', [variant('main', 'r1', 1)], variant('challenger', 'r2', 0.2));
    await hosting.update('trial');
    expect(await hosting.settled()).toMatchObject({ EndpointConfigName: 'trial' });
    const began = performance.now();

    const answers: string[] = [];
    for (let request = 0; request < 100; request += 1) answers.push(await ask(hosting));
    const spentMs = performance.now() - began;

    expect(new Set(answers)).toEqual(new Set(['champion']));
    // Twenty answers of the shadow one after another would be eight seconds.
    expect(spentMs).toBeLessThan(4000);
    const copied = () => requestsSince(hosting, 0)['shadow trial/challenger'] ?? 0;
    await hosting.world.clock.runUntil(() => copied() >= 18, 600_000);
    await hosting.world.clock.advance(60_000);
    expect(Math.abs(copied() - 20)).toBeLessThanOrEqual(2);
  });

  test('tells what its process uses of this machine', async () => {
    const hosting = await processWorld();
    await live(hosting);
    const memory = hosting.world.cloudwatch.series('/aws/sagemaker/Endpoints', 'MemoryUtilization', {
      EndpointName: 'flights',
      VariantName: 'main',
    });

    await hosting.world.clock.runUntil(() => memory.latestMs > 0, 600_000);

    const percent = memory.between(memory.latestMs, memory.latestMs + 60_000)!.maximum;
    // Only Linux tells it; elsewhere it is the same as in a simulated fleet.
    if (process.platform === 'linux') {
      expect(percent).toBeGreaterThan(0);
      expect(percent).toBeLessThan(20);
    } else expect(percent).toBe(20);
  });

  test('that ends at once makes the endpoint fail with its last words', async () => {
    const hosting = await processWorld();

    const endpoint = await live(hosting, { BROKEN: '1' });

    expect(endpoint.EndpointStatus).toBe('Failed');
    expect(endpoint.FailureReason).toMatch('cannot read the trees');
  });

  test('whose process dies answers 503, and is counted', async () => {
    const hosting = await processWorld();
    await live(hosting, { CRASH: '1' });

    await expect(ask(hosting)).rejects.toMatchObject({ code: 'ServiceUnavailable', statusCode: 503 });
    await expect(ask(hosting)).rejects.toMatchObject({ code: 'ServiceUnavailable' });

    const told = 'the container of r1 ended by itself, exit code 3';
    await hosting.world.clock.runUntil(() => hosting.world.journal.text().includes(told), 600_000);
    const errors = hosting.world.sagemaker.endpoints
      .traffic('flights')
      .reduce((sum, row) => sum + row.errors, 0);
    expect(errors).toBe(2);
  });
});
