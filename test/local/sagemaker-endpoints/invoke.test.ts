import { HostingWorld, START_MS } from './hosting-world.ts';

const answer = (statusCode: number, text: string, latencyMs = 12) => ({
  statusCode,
  body: Buffer.from(text),
  contentType: 'application/json',
  latencyMs,
});

describe('InvokeEndpoint', () => {
  test('hands over what the container answers, and names the variant', async () => {
    const hosting = new HostingWorld({ scenario: { fleet: () => ({ answer: () => answer(200, '[0.7]') }) } });
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
    const hosting = new HostingWorld({
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
    const hosting = new HostingWorld({
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
