import type { Rung, TrainPlan } from '#shared/generated/contracts.ts';
import { environmentOf, type Making, tagsOf } from './plan-release.ts';
import { PROVISIONING_SECONDS } from './process-plan.ts';

/** The longest that a job which outlived its limits is given to come to rest. */
const STOPPING_SECONDS = 7200;

/** Spot on each type of the ladder, then On-Demand unless the pipeline says none. */
export function trainPlan(making: Making): TrainPlan {
  const { train } = making.pipeline;
  const rungs: Rung[] = [];
  if (train.spot !== undefined) {
    for (const type of [train.instances.type, ...train.spot.ladder]) rungs.push(rung(making, 'spot', type));
  }
  if (train.spot === undefined || train.spot.fallback === 'on-demand') {
    rungs.push(rung(making, 'on-demand', train.instances.type));
  }
  return {
    name: `${making.release.id}-train`,
    // Each rung may have to be stopped, and before the first another attempt's job may be awaited.
    timeoutSeconds: rungs.reduce(
      (sum, { timeoutSeconds }) => sum + timeoutSeconds + STOPPING_SECONDS,
      rungs[0]!.timeoutSeconds + PROVISIONING_SECONDS,
    ),
    rungs,
  };
}

function rung(making: Making, capacity: Rung['capacity'], instanceType: string): Rung {
  const { stack, images, home } = making;
  const { train } = making.pipeline;
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
      Environment: { ...environmentOf(making), ...train.environment },
      Tags: tagsOf(making),
    },
  };
}
