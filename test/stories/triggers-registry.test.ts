import { call, openForEach, pass, started, upload, world } from './support/ways-in.ts';

openForEach();

/** What SageMaker tells of an endpoint, of a config and of a model. */
interface Described {
  readonly EndpointConfigName: string;
  readonly ProductionVariants: readonly { readonly ModelName: string }[];
  readonly PrimaryContainer: { readonly ModelPackageName: string };
}

describe('whoever reviews the model registry', () => {
  const review = (version: number, ModelApprovalStatus: 'Approved' | 'Rejected') =>
    call('sagemaker', 'UpdateModelPackage', {
      ModelPackageArn: `arn:aws:sagemaker:eu-west-1:123456789012:model-package/every-trigger/${version}`,
      ModelApprovalStatus,
    });
  const outcomes = (): string[] =>
    [...started('release'), ...started('rollback')].map(({ output }) => JSON.parse(output!).outcome);
  /** The version of the package whose model serves. */
  const served = async (): Promise<number> => {
    const ask = (operation: string, input: object) =>
      call('sagemaker', operation, input) as Promise<Described>;
    const { EndpointConfigName } = await ask('DescribeEndpoint', { EndpointName: 'every-trigger' });
    const { ProductionVariants } = await ask('DescribeEndpointConfig', { EndpointConfigName });
    const { PrimaryContainer } = await ask('DescribeModel', { ModelName: ProductionVariants[0]!.ModelName });
    return Number(PrimaryContainer.ModelPackageName.split('/').at(-1));
  };

  test('brings the release before back by a rejection, and its own again by an approval', async () => {
    upload('every-trigger/incoming/1.json');
    await pass(180);
    world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'two' });
    await pass(180);
    const serving = [await served()];

    await review(2, 'Rejected');
    await pass(60);
    serving.push(await served());
    await review(2, 'Approved');
    await pass(60);
    serving.push(await served());

    expect(serving).toEqual([2, 1, 2]);
    expect(outcomes()).toEqual(['LIVE', 'LIVE', 'LIVE', 'LIVE']);
  });

  test('changes nothing by rejecting what does not serve', async () => {
    upload('every-trigger/incoming/1.json');
    await pass(180);
    world.ecr.push({ repository: 'every-trigger', tag: 'stable', content: 'two' });
    await pass(180);

    await review(1, 'Rejected');
    await pass(60);

    expect(await served()).toBe(2);
    expect(outcomes()).toEqual(['LIVE', 'LIVE', 'NOTHING_TO_DO']);
  });
});
