import type { AlarmPlan } from '#shared/generated/contracts.ts';
import { ALARM_PERIOD_SECONDS } from '#shared/shift-rules.ts';
import { gpusOf, vcpusOf } from './instance-facts.ts';
import { type Planning, tagsOf } from './plan-release.ts';

type Limits = Planning['pipeline']['deploy']['alarms'];

type Unit = (instanceType: string) => number | undefined;

/** One limit of the pipeline, and the metric that is held against it. */
export interface Watched {
  readonly limit: Exclude<keyof Limits, 'periods' | 'named'>;
  /** The end of the alarm's name. */
  readonly key: string;
  /** An average, unless a percentile follows: `ModelLatency p99`. */
  readonly metric: string;
  /** What one unit of the limit is in the metric's own unit; undefined where nobody knows. */
  readonly unit: Unit;
}

const watched = (limit: Watched['limit'], key: string, metric: string, unit: Unit): Watched => ({
  limit,
  key,
  metric,
  unit,
});

/** Each request counts 0 or 1 as an error, so their average is a rate. */
const rate = () => 0.01;
/** CloudWatch counts latencies in microseconds. */
const milliseconds = () => 1000;
const percent = () => 1;

/**
 * SageMaker tells these by endpoint config too, so an alarm watches the
 * release's own fleet alone: the champion's requests do not thin its errors.
 */
const OF_REQUESTS: readonly Watched[] = [
  watched('errorRatePercent', 'errors', 'Invocation5XXErrors', rate),
  watched('clientErrorRatePercent', 'client-errors', 'Invocation4XXErrors', rate),
  watched('p99LatencyMs', 'latency', 'ModelLatency p99', milliseconds),
  watched('p90LatencyMs', 'latency-p90', 'ModelLatency p90', milliseconds),
  watched('p50LatencyMs', 'latency-p50', 'ModelLatency p50', milliseconds),
  watched('p99OverheadMs', 'overhead-p99', 'OverheadLatency p99', milliseconds),
  watched('p90OverheadMs', 'overhead-p90', 'OverheadLatency p90', milliseconds),
];

/** Utilisation is told by variant alone: where old and new fleet share its name, they are one. */
const OF_INSTANCES: readonly Watched[] = [
  watched('cpuPercent', 'cpu', 'CPUUtilization', vcpusOf),
  watched('memoryPercent', 'memory', 'MemoryUtilization', percent),
  watched('diskPercent', 'disk', 'DiskUtilization', percent),
  watched('gpuPercent', 'gpu', 'GPUUtilization', gpusOf),
  watched('gpuMemoryPercent', 'gpu-memory', 'GPUMemoryUtilization', gpusOf),
];

/** The release's own alarms, without their names and dimensions: those are known when the config has its name. */
export const alarmPlans = (planning: Planning): AlarmPlan[] => [
  ...OF_REQUESTS.flatMap((one) => alarmPlan(one, 'fleet', 'AWS/SageMaker', planning)),
  ...OF_INSTANCES.flatMap((one) => alarmPlan(one, 'variant', '/aws/sagemaker/Endpoints', planning)),
];

/** What the pipeline limits and SageMaker tells in units that depend on the instance. */
export const limitsByInstance = (limits: Limits): readonly Watched[] =>
  OF_INSTANCES.filter(({ limit, unit }) => limits[limit] !== undefined && unit !== percent);

function alarmPlan(
  { limit, key, metric, unit }: Watched,
  scope: AlarmPlan['scope'],
  namespace: string,
  planning: Planning,
): AlarmPlan[] {
  const { release, stack, pipeline } = planning;
  const { alarms, instances } = pipeline.deploy;
  const most = alarms[limit];
  if (most === undefined) return [];
  const [name, percentile] = metric.split(' ');
  return [
    {
      key,
      scope,
      request: {
        AlarmDescription: `Release ${release.id}: more than ${most}, its ${limit}`,
        Namespace: namespace,
        MetricName: name,
        ...(percentile === undefined ? { Statistic: 'Average' } : { ExtendedStatistic: percentile }),
        Period: ALARM_PERIOD_SECONDS,
        EvaluationPeriods: alarms.periods,
        DatapointsToAlarm: alarms.periods,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: tidy(most * unit(instances.type)!),
        // A quiet endpoint is a well endpoint, and an alarm must be OK before its fleet exists, of which nothing is told
        // yet. Instances that have gone silent are seen by SageMaker's health checks and by the 5xx of their callers.
        TreatMissingData: 'notBreaching',
        ActionsEnabled: true,
        AlarmActions: [stack.topicArn],
        Tags: tagsOf(planning),
      },
    },
  ];
}

/** 7 % as a rate is 0.07, not 0.07000000000000001. */
const tidy = (value: number): number => Number(value.toPrecision(12));
