import { canary, HostingWorld } from './hosting-world.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012';

describe('SageMaker hosting refuses', () => {
  test('to update or delete an endpoint that is being updated', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');
    await hosting.release('r2');
    await hosting.update('r2', canary());

    const words = `Cannot update in-progress endpoint "${ARN}:endpoint/flights".`;
    await expect(hosting.update('r1')).rejects.toThrow(words);
    await expect(hosting.call('DeleteEndpoint', { EndpointName: 'flights' })).rejects.toThrow(words);
  });

  test('a name that is taken', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');

    await expect(hosting.release('r1')).rejects.toThrow(
      `Cannot create already existing model "${ARN}:model/r1".`,
    );
    await expect(
      hosting.call('CreateEndpointConfig', {
        EndpointConfigName: 'r1',
        ProductionVariants: [{ VariantName: 'main', ModelName: 'r1' }],
      }),
    ).rejects.toThrow(`Cannot create already existing endpoint configuration "${ARN}:endpoint-config/r1".`);
    await expect(
      hosting.call('CreateEndpoint', { EndpointName: 'flights', EndpointConfigName: 'r1' }),
    ).rejects.toThrow(`Cannot create already existing endpoint "${ARN}:endpoint/flights".`);
  });

  test('what is not there', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');

    await expect(hosting.update('r9')).rejects.toThrow(
      `Could not find endpoint configuration "${ARN}:endpoint-config/r9".`,
    );
    await expect(hosting.call('DescribeModel', { ModelName: 'r9' })).rejects.toThrow(
      `Could not find model "${ARN}:model/r9".`,
    );
    await hosting.release('r2');
    await expect(hosting.update('r2', canary('nobody'))).rejects.toThrow('Could not find alarm(s) "nobody".');
  });

  test('a canary that is no whole instance within half of them', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1', { InitialInstanceCount: 1 });
    await hosting.release('r2', { InitialInstanceCount: 1 });

    await expect(hosting.update('r2', canary())).rejects.toThrow('CanarySize must be at most 50%');
  });

  test('times that do not fit, and variants of other names', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');
    await hosting.release('r2');
    await hosting.release('r3', { VariantName: 'other' });
    const { BlueGreenUpdatePolicy: policy } = canary();

    await expect(
      hosting.update('r2', { BlueGreenUpdatePolicy: { ...policy, MaximumExecutionTimeoutInSeconds: 900 } }),
    ).rejects.toThrow('MaximumExecutionTimeoutInSeconds (900) must be larger');
    await expect(hosting.update('r3', canary())).rejects.toThrow('(other) must be those of endpoint');
  });

  test('a model whose data, or whose approval, is missing', async () => {
    const container = {
      Image: 'elsewhere.example/flights:1',
      ModelDataUrl: 's3://artifacts/r1/model.tar.gz',
    };
    const hosting = await HostingWorld.open();
    const pending = await packaged(hosting, container, 'PendingManualApproval');

    await expect(hosting.release('r1', {}, container)).rejects.toThrow(
      'Could not find model data at s3://artifacts/r1/model.tar.gz.',
    );
    await expect(
      hosting.call('CreateModel', { ModelName: 'r2', PrimaryContainer: { ModelPackageName: pending } }),
    ).rejects.toThrow('approval status is PendingManualApproval');
  });
});

describe('what is not modelled is refused by name', () => {
  const variant = {
    VariantName: 'main',
    ModelName: 'r1',
    InstanceType: 'ml.c5.large',
    InitialInstanceCount: 1,
  };

  test.each([
    ['ServerlessConfig', { ...variant, ServerlessConfig: { MemorySizeInMB: 1024, MaxConcurrency: 1 } }, {}],
    ['AcceleratorType', { ...variant, AcceleratorType: 'ml.eia2.medium' }, {}],
    [
      'AsyncInferenceConfig',
      variant,
      { AsyncInferenceConfig: { OutputConfig: { S3OutputPath: 's3://a/b' } } },
    ],
  ])('%s', async (what, production, more) => {
    const hosting = await HostingWorld.open();
    await hosting.release('r1');
    const input = { EndpointConfigName: 'r2', ProductionVariants: [production], ...more };

    await expect(hosting.call('CreateEndpointConfig', input)).rejects.toMatchObject({
      code: 'NotModelled',
      message: expect.stringContaining(what),
    });
  });

  test('ModelDataSource', async () => {
    const hosting = await HostingWorld.open();
    const S3DataSource = { S3Uri: 's3://a/b/', S3DataType: 'S3Prefix', CompressionType: 'None' };

    await expect(hosting.release('r1', {}, { ModelDataSource: { S3DataSource } })).rejects.toThrow(
      'ModelDataSource is not modelled',
    );
  });
});

describe('SageMaker hosting lets through', () => {
  test('the deletion of a config in use, and the journal warns', async () => {
    const hosting = await HostingWorld.open();
    await hosting.live('r1');

    await hosting.call('DeleteEndpointConfig', { EndpointConfigName: 'r1' });

    expect(hosting.world.journal.text()).toMatch('deleted, though endpoint flights uses it');
  });

  test('a model from the registry: the package’s container runs, the request is shown', async () => {
    const hosting = await HostingWorld.open();
    const ModelPackageName = await packaged(hosting, { Image: 'elsewhere.example/flights:7' }, 'Approved');

    await hosting.release('r1', {}, { Image: undefined, ModelPackageName });
    await hosting.call('CreateEndpoint', { EndpointName: 'flights', EndpointConfigName: 'r1' });
    await hosting.settled();

    expect((await hosting.call('DescribeModel', { ModelName: 'r1' })).PrimaryContainer.ModelPackageName).toBe(
      ModelPackageName,
    );
    expect(await hosting.describe()).toMatchObject({
      ProductionVariants: [{ DeployedImages: [{ SpecifiedImage: 'elsewhere.example/flights:7' }] }],
    });
  });
});

/** A version in the registry; its ARN. */
async function packaged(
  hosting: HostingWorld,
  container: object,
  ModelApprovalStatus: string,
): Promise<string> {
  await hosting.call('CreateModelPackageGroup', { ModelPackageGroupName: 'flights' });
  const { ModelPackageArn } = await hosting.call('CreateModelPackage', {
    ModelPackageGroupName: 'flights',
    ModelApprovalStatus,
    InferenceSpecification: { Containers: [container] },
  });
  return ModelPackageArn;
}
