import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  type DeploymentConfig,
  DescribeEndpointCommand,
  SageMakerClient,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker';
import type { Aws } from '../../aws.ts';
import { makeTrainingBucket, train, trained, trainingRequest, withJobs } from './jobs.ts';

export const withEndpoint = { ...withJobs, account: ['a quota of 6 for ml.m5.large endpoints'] };

/** Half an hour of one endpoint and the training before it. */
export const costOfEndpoint = (instances: number): { usd: number; minutes: number } => ({
  usd: 0.05 + 0.1 * instances,
  minutes: 35,
});

/** Trains a model of one round and makes it a model of SageMaker’s. */
export const makeModel = async (aws: Aws): Promise<string> => {
  const sagemaker = aws.client(SageMakerClient);
  const request = trainingRequest(aws, await makeTrainingBucket(aws));
  await train(aws, request);
  const { ModelArtifacts } = await trained(aws, request.TrainingJobName!);
  const ModelName = aws.name('model');
  await sagemaker.send(
    new CreateModelCommand({
      ModelName,
      ExecutionRoleArn: aws.role('job'),
      PrimaryContainer: { Image: aws.image(), ModelDataUrl: ModelArtifacts!.S3ModelArtifacts },
      Tags: aws.tags,
    }),
  );
  aws.later(`model ${ModelName}`, () => sagemaker.send(new DeleteModelCommand({ ModelName })));
  return ModelName;
};

export const makeConfig = async (
  aws: Aws,
  ModelName: string,
  suffix: string,
  InitialInstanceCount: number,
): Promise<string> => {
  const sagemaker = aws.client(SageMakerClient);
  const EndpointConfigName = aws.name(suffix);
  await sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName,
      ProductionVariants: [
        { VariantName: 'main', ModelName, InitialInstanceCount, InstanceType: 'ml.m5.large' },
      ],
      Tags: aws.tags,
    }),
  );
  aws.later(`endpoint config ${EndpointConfigName}`, () =>
    sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName })),
  );
  return EndpointConfigName;
};

export const describe = (aws: Aws) =>
  aws.client(SageMakerClient).send(new DescribeEndpointCommand({ EndpointName: aws.name('endpoint') }));

const isThere = async (aws: Aws): Promise<boolean> => {
  try {
    await describe(aws);
    return true;
  } catch (error) {
    if (/Could not find endpoint/.test((error as Error).message)) return false;
    throw error;
  }
};

/** Waits until the endpoint is no longer on its way. */
export const settled = (aws: Aws, minutes = 30) =>
  aws.until(
    'the endpoint settles',
    async () => {
      const seen = await describe(aws);
      const moving = ['Creating', 'Updating', 'SystemUpdating', 'RollingBack', 'Deleting'];
      return moving.includes(seen.EndpointStatus!) ? undefined : seen;
    },
    { minutes, everySeconds: 10 },
  );

/** An endpoint in service under configuration `one`, and a configuration `two` to go to. */
export const makeEndpoint = async (aws: Aws, instances: number) => {
  const sagemaker = aws.client(SageMakerClient);
  const model = await makeModel(aws);
  const one = await makeConfig(aws, model, 'one', instances);
  const two = await makeConfig(aws, model, 'two', instances);
  const EndpointName = aws.name('endpoint');
  // Before it is made: if the answer is lost, nobody would take it away, and it costs until somebody does.
  aws.later(`endpoint ${EndpointName}`, async () => {
    if (!(await isThere(aws))) return;
    await settled(aws);
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName }));
  });
  const create = new CreateEndpointCommand({ EndpointName, EndpointConfigName: one, Tags: aws.tags });
  await aws.until('the configuration is known everywhere', () => onceConfigured(sagemaker.send(create)), {
    minutes: 2,
  });
  await settled(aws);
  return { EndpointName, one, two };
};

/** An endpoint is asked for right after its configuration, which not every part of AWS may have seen by then. */
const onceConfigured = async <Made>(creating: Promise<Made>): Promise<Made | undefined> => {
  try {
    return await creating;
  } catch (error) {
    if (/Could not find endpoint configuration/.test((error as Error).message)) return undefined;
    throw error;
  }
};

export const update = (aws: Aws, EndpointConfigName: string, DeploymentConfig?: DeploymentConfig) =>
  aws
    .client(SageMakerClient)
    .send(
      new UpdateEndpointCommand({ EndpointName: aws.name('endpoint'), EndpointConfigName, DeploymentConfig }),
    );

export const canary = (
  percent: number,
  waitSeconds: number,
  alarms: readonly string[] = [],
): DeploymentConfig => ({
  BlueGreenUpdatePolicy: {
    TrafficRoutingConfiguration: {
      Type: 'CANARY',
      WaitIntervalInSeconds: waitSeconds,
      CanarySize: { Type: 'CAPACITY_PERCENT', Value: percent },
    },
    TerminationWaitInSeconds: 0,
    MaximumExecutionTimeoutInSeconds: 3_600,
  },
  ...(alarms.length > 0 && {
    AutoRollbackConfiguration: { Alarms: alarms.map((AlarmName) => ({ AlarmName })) },
  }),
});

/** Waits for a phase of an update, as the new fleet’s variant tells it. */
export const phase = (aws: Aws, wanted: string) =>
  aws.until(
    `the update is ${wanted}`,
    async () => {
      const seen = await describe(aws);
      if (seen.EndpointStatus !== 'Updating') return seen;
      const variants = [
        ...(seen.PendingDeploymentSummary?.ProductionVariants ?? []),
        ...(seen.ProductionVariants ?? []),
      ];
      const statuses = variants.flatMap(({ VariantStatus = [] }) => VariantStatus);
      return statuses.some(({ Status }) => Status === wanted) ? seen : undefined;
    },
    { minutes: 30, everySeconds: 10 },
  );
