import { validationError } from '../../../aws-error.ts';
import type { CapacitySize, DeploymentConfig } from './shapes.ts';

/** One change of traffic and the wait after it. */
export interface Step {
  /** How many instances of the new fleet serve from now on, by variant. */
  readonly instancesOn: Readonly<Record<string, number>>;
  readonly waitSeconds: number;
  /** True if those instances have to be provisioned first (rolling). */
  readonly provisions: boolean;
  readonly says: string;
}

export interface TrafficPlan {
  readonly kind: 'ALL_AT_ONCE' | 'CANARY' | 'LINEAR' | 'ROLLING';
  /** False for an endpoint that guardrails exclude: all traffic moves at once, nothing bakes, no alarm is heard. */
  readonly isGuarded: boolean;
  /** How many old instances a rolling update gets back at a time. */
  readonly rollbackBatch: number;
  readonly steps: readonly Step[];
  readonly alarmNames: readonly string[];
  readonly limitSeconds: number | undefined;
}

export interface VariantSize {
  readonly name: string;
  readonly instanceCount: number;
  readonly instanceType: string;
  readonly isFromMarketplace: boolean;
}

/**
 * How an update moves traffic, made when it is asked for, so that what cannot
 * work is refused before anything starts.
 *
 * @throws AwsError for sizes and times that SageMaker's guide rules out
 * Source: SageMaker developer guide, "Deployment guardrails"; sagemaker model, `DeploymentConfig`. The messages' words are ours.
 */
export function trafficPlan(
  config: DeploymentConfig | undefined,
  variants: readonly VariantSize[],
): TrafficPlan {
  if (config?.BlueGreenUpdatePolicy && config.RollingUpdatePolicy) {
    throw validationError('Only one of BlueGreenUpdatePolicy and RollingUpdatePolicy can be given.');
  }
  if (variants.some(isExcluded) || (config?.RollingUpdatePolicy && variants.length > 1)) {
    return { ...allAtOnce(variants), isGuarded: false };
  }
  const alarmNames = (config?.AutoRollbackConfiguration?.Alarms ?? []).map(({ AlarmName }) => AlarmName);
  const plan = config?.RollingUpdatePolicy
    ? rolling(config.RollingUpdatePolicy, variants, alarmNames)
    : blueGreen(config?.BlueGreenUpdatePolicy, variants, alarmNames);
  const waits = plan.steps.reduce((sum, { waitSeconds }) => sum + waitSeconds, 0);
  if (plan.limitSeconds !== undefined && plan.limitSeconds <= waits) {
    throw validationError(
      `MaximumExecutionTimeoutInSeconds (${plan.limitSeconds}) must be larger than all waiting times together (${waits}).`,
    );
  }
  return plan;
}

/**
 * What SageMaker's guide calls exclusions: it then shifts all at once, without
 * baking, and does not say so. Rolling leaves out endpoints of several variants too.
 */
const isExcluded = ({ instanceType, isFromMarketplace }: VariantSize): boolean =>
  isFromMarketplace || instanceType.startsWith('ml.inf1.');

const allAtOnce = (variants: readonly VariantSize[]): TrafficPlan => ({
  kind: 'ALL_AT_ONCE',
  isGuarded: true,
  rollbackBatch: Number.POSITIVE_INFINITY,
  steps: [allOn(variants, 0)],
  alarmNames: [],
  limitSeconds: undefined,
});

function blueGreen(
  policy: DeploymentConfig['BlueGreenUpdatePolicy'],
  variants: readonly VariantSize[],
  alarmNames: readonly string[],
): TrafficPlan {
  const routing = policy?.TrafficRoutingConfiguration;
  const kind = routing?.Type ?? 'ALL_AT_ONCE';
  const last = allOn(variants, policy?.TerminationWaitInSeconds ?? 0);
  const limitSeconds = policy?.MaximumExecutionTimeoutInSeconds;
  const plan = { ...allAtOnce(variants), kind, alarmNames, limitSeconds };
  if (kind === 'ALL_AT_ONCE') return { ...plan, steps: [last] };

  const sizeName = kind === 'CANARY' ? 'CanarySize' : 'LinearStepSize';
  const size = routing![sizeName] ?? refuse(`${sizeName} is required with ${kind} traffic routing.`);
  const atOnce = new Map(variants.map((variant) => [variant.name, blockOf(size, variant, sizeName)]));
  const stepCount =
    kind === 'CANARY'
      ? 2
      : Math.max(...variants.map((variant) => Math.ceil(variant.instanceCount / atOnce.get(variant.name)!)));
  const word = kind === 'CANARY' ? 'canary' : 'linear step';
  const before = Array.from({ length: stepCount - 1 }, (_, index) =>
    stepOf(
      variants,
      (variant) => (index + 1) * atOnce.get(variant.name)!,
      routing!.WaitIntervalInSeconds,
      word,
      false,
    ),
  );
  return { ...plan, steps: [...before, last] };
}

function rolling(
  policy: NonNullable<DeploymentConfig['RollingUpdatePolicy']>,
  variants: readonly VariantSize[],
  alarmNames: readonly string[],
): TrafficPlan {
  const variant = variants[0]!;
  const batch = blockOf(policy.MaximumBatchSize, variant, 'MaximumBatchSize');
  const steps = Array.from({ length: Math.ceil(variant.instanceCount / batch) }, (_, index) =>
    stepOf(variants, () => (index + 1) * batch, policy.WaitIntervalInSeconds, 'batch', index > 0),
  );
  const { RollbackMaximumBatchSize: back, MaximumExecutionTimeoutInSeconds: limitSeconds } = policy;
  const rollbackBatch = back === undefined ? variant.instanceCount : wholeInstances(back, variant);
  return { kind: 'ROLLING', isGuarded: true, rollbackBatch, steps, alarmNames, limitSeconds };
}

/** Whole instances that move together: a percentage is rounded down, to at least one. More than half is refused. */
function blockOf(size: CapacitySize, variant: VariantSize, sizeName: string): number {
  const { instanceCount, name } = variant;
  const block = wholeInstances(size, variant);
  const percentTooLarge = size.Type === 'CAPACITY_PERCENT' && size.Value > 50;
  if (percentTooLarge || block > instanceCount / 2) {
    refuse(
      `${sizeName} must be at most 50% of the variant's total instance count; variant ${name} has ${instanceCount} instance(s).`,
    );
  }
  const smallest = { LinearStepSize: 10, MaximumBatchSize: 5, CanarySize: 0 }[sizeName] ?? 0;
  if (size.Type === 'CAPACITY_PERCENT' && size.Value < smallest)
    refuse(`${sizeName} must be at least ${smallest}%.`);
  return block;
}

const wholeInstances = ({ Type, Value }: CapacitySize, { instanceCount }: VariantSize): number =>
  Type === 'INSTANCE_COUNT' ? Value : Math.max(1, Math.floor((instanceCount * Value) / 100));

function stepOf(
  variants: readonly VariantSize[],
  on: (variant: VariantSize) => number,
  waitSeconds: number,
  word: string,
  provisions: boolean,
): Step {
  const instancesOn = Object.fromEntries(
    variants.map((variant) => [variant.name, Math.min(variant.instanceCount, on(variant))]),
  );
  const sum = Object.values(instancesOn).reduce((total, count) => total + count, 0);
  return { instancesOn, waitSeconds, provisions, says: `${word} capacity of ${sum} instance(s)` };
}

const allOn = (variants: readonly VariantSize[], waitSeconds: number): Step => ({
  ...stepOf(variants, ({ instanceCount }) => instanceCount, waitSeconds, 'full', false),
});

function refuse(message: string): never {
  throw validationError(message);
}
