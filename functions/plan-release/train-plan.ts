import type { Rung, TrainPlan } from '#shared/generated/contracts.ts';
import { type Planning, tagsOf } from './plan-release.ts';
import { PROVISIONING_SECONDS, rowsPrefix } from './process-plan.ts';

/** Spot on each type of the ladder, then On-Demand unless the pipeline says none. */
export function trainPlan(planning: Planning): TrainPlan {
  const { train } = planning.pipeline;
  const rungs: Rung[] = [];
  if (train.spot !== undefined) {
    for (const type of [train.instances.type, ...train.spot.ladder]) rungs.push(rung(planning, 'spot', type));
  }
  if (train.spot === undefined || train.spot.fallback === 'on-demand') {
    rungs.push(rung(planning, 'on-demand', train.instances.type));
  }
  return {
    name: `${planning.release.id}-train`,
    timeoutSeconds: rungs.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, PROVISIONING_SECONDS),
    rungs,
  };
}

function rung(planning: Planning, capacity: Rung['capacity'], instanceType: string): Rung {
  const { release, stack, images, home } = planning;
  const { train } = planning.pipeline;
  const spot = capacity === 'spot' ? train.spot : undefined;
  const limitSeconds = spot?.maxWaitSeconds ?? train.maxRuntimeSeconds;
  return {
    capacity,
    instanceType,
    timeoutSeconds: limitSeconds + PROVISIONING_SECONDS,
    request: {
      RoleArn: stack.jobRoleArn,
      AlgorithmSpecification: {
        TrainingImage: images.train,
        TrainingInputMode: 'File',
        ...(train.metrics.length > 0 && {
          MetricDefinitions: train.metrics.map(({ name, regex }) => ({ Name: name, Regex: regex })),
        }),
      },
      HyperParameters: Object.fromEntries(
        Object.entries(train.hyperparameters).map(([key, value]) => [key, String(value)]),
      ),
      InputDataConfig: (['train', 'validation'] as const).map((channel) => ({
        ChannelName: channel,
        DataSource: {
          S3DataSource: {
            S3DataType: 'S3Prefix',
            S3Uri: rowsPrefix(planning, channel),
            S3DataDistributionType: 'FullyReplicated',
          },
        },
      })),
      OutputDataConfig: { S3OutputPath: `s3://${stack.artifactBucket}/${home}/model` },
      ResourceConfig: {
        InstanceType: instanceType,
        InstanceCount: train.instances.count,
        VolumeSizeInGB: train.instances.volumeGb,
      },
      EnableManagedSpotTraining: spot !== undefined,
      StoppingCondition: {
        MaxRuntimeInSeconds: train.maxRuntimeSeconds,
        ...(spot && { MaxWaitTimeInSeconds: spot.maxWaitSeconds }),
      },
      // One prefix for all rungs: what one has learned the next goes on with.
      CheckpointConfig: {
        S3Uri: `s3://${stack.artifactBucket}/scratch/${home}/checkpoints`,
        LocalPath: '/opt/ml/checkpoints',
      },
      Environment: { SIGNALBOX_RELEASE: release.id, ...train.environment },
      Tags: tagsOf(planning),
    },
  };
}
