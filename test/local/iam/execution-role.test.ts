import type { World } from '../../../local/world.ts';
import { type Account, openAccount } from '../support/open-account.ts';
import { allow, giveRoleTo, roleArn } from '../support/roles.ts';

const ROLE = roleArn('hosting');

let world: World;
let call: Account['call'];
let image: string;

beforeEach(async () => {
  ({ world, call } = await openAccount());
  world.ecr.createRepository('served');
  const { digest } = world.ecr.push({ repository: 'served', tag: 'stable', content: 'one' });
  image = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/served@${digest}`;
  world.s3.createBucket('models', { eventBridge: false, versioned: false });
  world.s3.put('models', 'a/model.tar.gz', 'weights');
});

const giveRole = (actions: string[], Service = 'sagemaker.amazonaws.com'): string =>
  giveRoleTo({ Service }, world, 'hosting', ...actions.map((action) => allow(action, '*')));

const pull = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchGetImage',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
];

const createModel = (): Promise<unknown> =>
  call('CreateModel', {
    ModelName: 'served',
    ExecutionRoleArn: ROLE,
    PrimaryContainer: { Image: image, ModelDataUrl: 's3://models/a/model.tar.gz' },
  });

const host = async (): Promise<{ EndpointStatus: string; FailureReason?: string }> => {
  await call('CreateEndpointConfig', {
    EndpointConfigName: 'served',
    ProductionVariants: [
      { VariantName: 'main', ModelName: 'served', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 },
    ],
  });
  await call('CreateEndpoint', { EndpointName: 'served', EndpointConfigName: 'served' });
  await world.clock.advance(3_600_000);
  return call('DescribeEndpoint', { EndpointName: 'served' });
};

const cannotAccess = `Could not access model data at s3://models/a/model.tar.gz. Please ensure that the role "${ROLE}" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in eu-west-1.`;

test('a model is made and served in a role that may do what SageMaker does with it', async () => {
  giveRole(['s3:GetObject', ...pull]);
  await createModel();

  expect(await host()).toMatchObject({ EndpointStatus: 'InService' });
});

test.each<[string, () => void]>([
  ['may not read the model data', () => giveRole(pull)],
  ['does not trust SageMaker', () => giveRole(['s3:GetObject', ...pull], 'lambda.amazonaws.com')],
])('a model is refused when its role %s', async (_, give) => {
  give();

  await expect(createModel()).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining(cannotAccess),
  });
});

test('an endpoint fails when its role has lost the model data since', async () => {
  giveRole(['s3:GetObject', ...pull]);
  await createModel();
  giveRole(pull);

  expect(await host()).toMatchObject({
    EndpointStatus: 'Failed',
    FailureReason:
      'Failed to download model data for container "container_1" from URL: "s3://models/a/model.tar.gz". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.',
  });
});

test('an endpoint fails when the role may not pull the image', async () => {
  giveRole(['s3:GetObject', 'ecr:GetAuthorizationToken']);
  await createModel();

  expect(await host()).toMatchObject({
    EndpointStatus: 'Failed',
    FailureReason: `The role '${ROLE}' does not have BatchGetImage permission for the image: '${image}'.`,
  });
});
