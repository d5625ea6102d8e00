import { HostingWorld, START_MS } from './hosting-world.ts';

const answer = (statusCode: number, text: string, latencyMs = 12) => ({
  statusCode,
  body: Buffer.from(text),
  contentType: 'application/json',
  latencyMs,
});

describe('InvokeEndpoint', () => {
  test('hands over what the container answers, and names the variant', async () => {
    const hosting = await HostingWorld.open({
      scenario: { fleet: () => ({ answer: () => answer(200, '[0.7]') }) },
    });
    await hosting.live('r1');

    const output = await hosting.call('InvokeEndpoint', {
      EndpointName: 'flights',
      Body: '{}',
      ContentType: 'application/json',
    });

    expect(Buffer.from(output.Body).toString()).toBe('[0.7]');
    expect(output).toMatchObject({ ContentType: 'application/json', InvokedProductionVariant: 'main' });
  });

  test('turns a container’s error into a ModelError and counts it', async () => {
    const hosting = await HostingWorld.open({
      scenario: { fleet: () => ({ answer: () => answer(500, 'out of trees') }) },
    });
    await hosting.live('r1');

    await expect(
      hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}' }),
    ).rejects.toMatchObject({
      code: 'ModelError',
      statusCode: 424,
      message: expect.stringMatching(
        '^Received server error \\(500\\) from primary with message "out of trees"',
      ),
      members: { OriginalStatusCode: 500, OriginalMessage: 'out of trees' },
    });

    const metric = (MetricName: string, Stat: string, more: object[] = []) => ({
      Id: MetricName.toLowerCase(),
      MetricStat: {
        Metric: {
          Namespace: 'AWS/SageMaker',
          MetricName,
          Dimensions: [
            { Name: 'EndpointName', Value: 'flights' },
            { Name: 'VariantName', Value: 'main' },
            ...more,
          ],
        },
        Period: 60,
        Stat,
      },
    });
    const { MetricDataResults: results } = await hosting.call('GetMetricData', {
      StartTime: new Date(START_MS),
      EndTime: new Date(START_MS + 3_600_000),
      MetricDataQueries: [
        metric('Invocations', 'Sum'),
        metric('Invocation5XXErrors', 'Average', [{ Name: 'EndpointConfigName', Value: 'r1' }]),
        metric('ModelLatency', 'p99'),
      ],
    });
    expect(results.map(({ Values }: { Values: number[] }) => Values)).toEqual([[1], [1], [12_000]]);
  });

  test('gives up after 60 seconds as SageMaker does', async () => {
    const hosting = await HostingWorld.open({
      scenario: { fleet: () => ({ answer: () => answer(200, '', 61_000) }) },
    });
    await hosting.live('r1');

    await expect(
      hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}' }),
    ).rejects.toMatchObject({
      code: 'ModelError',
      members: { OriginalStatusCode: 0 },
    });
  });
});

describe('an endpoint of two variants', () => {
  const variants = (release: string) =>
    ['a', 'b'].map((name, index) => ({
      VariantName: name,
      ModelName: release,
      InstanceType: 'ml.c5.large',
      InitialInstanceCount: 2,
      InitialVariantWeight: [3, 1][index],
    }));

  const open = async () => {
    const hosting = await HostingWorld.open({ scenario: { fleet: () => ({ requestsPerMinute: 80 }) } });
    await hosting.release('r1');
    await hosting.call('CreateEndpointConfig', {
      EndpointConfigName: 'two',
      ProductionVariants: variants('r1'),
    });
    await hosting.call('CreateEndpoint', { EndpointName: 'flights', EndpointConfigName: 'two' });
    await hosting.settled();
    return hosting;
  };

  const requestsOf = async (hosting: HostingWorld, variant: string, fromMs: number): Promise<number> => {
    const { MetricDataResults: results } = await hosting.call('GetMetricData', {
      StartTime: new Date(fromMs),
      EndTime: new Date(fromMs + 60_000),
      MetricDataQueries: [
        {
          Id: 'm',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/SageMaker',
              MetricName: 'Invocations',
              Dimensions: [
                { Name: 'EndpointName', Value: 'flights' },
                { Name: 'VariantName', Value: variant },
              ],
            },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    });
    return results[0].Values[0];
  };

  test('shares its requests by weight, and anew when the weights change', async () => {
    const hosting = await open();
    const fromMs = hosting.world.clock.now();
    await hosting.world.clock.advance(60_000);
    await hosting.call('UpdateEndpointWeightsAndCapacities', {
      EndpointName: 'flights',
      DesiredWeightsAndCapacities: [{ VariantName: 'b', DesiredWeight: 3 }],
    });
    await hosting.settled();
    await hosting.world.clock.advance(110_000);

    expect(await requestsOf(hosting, 'a', fromMs)).toBe(60);
    expect(await requestsOf(hosting, 'b', fromMs)).toBe(20);
    expect(await requestsOf(hosting, 'a', fromMs + 120_000)).toBe(40);
  });

  test('answers from the variant that is asked for', async () => {
    const hosting = await open();

    const ask = (TargetVariant: string) =>
      hosting.call('InvokeEndpoint', { EndpointName: 'flights', Body: '{}', TargetVariant });

    for (let times = 0; times < 5; times += 1) expect((await ask('b')).InvokedProductionVariant).toBe('b');
    await expect(ask('c')).rejects.toMatchObject({ code: 'ValidationError' });
  });
});
