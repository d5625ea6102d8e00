import type { AlarmPlan, DeployPlan } from '#shared/generated/contracts.ts';
import { ALARM_PERIOD_SECONDS } from '#shared/pipeline-rules.ts';
import { shiftOf } from '#shared/shift.ts';
import { type Planning, tagsOf } from './plan-release.ts';

/** Signalbox's one production variant. A guarded update must keep the name. */
export const VARIANT = 'main';

/** New fleets usually answer within minutes; AWS gives no promise. */
const FLEET_SECONDS = 900;

/** New alarms are OK within a minute or two; an endpoint that scales comes to rest within a quarter of an hour. */
const ALARM_DEADLINE_SECONDS = 1800;

/** Deployments that a queue may hold before this one; else the newest is next after the one that runs. */
const LONGEST_QUEUE = 20;

/** SageMaker's own limits for MaximumExecutionTimeoutInSeconds. */
const LONGEST_UPDATE_SECONDS = 28_800;

export function deployPlan(planning: Planning): DeployPlan {
  const { pipeline } = planning;
  // What is being created just now may fail and go again; the deployment waits for its turn and looks then.
  const live = planning.live?.endpoint.status === 'Creating' ? null : planning.live;
  const deploy = { ...pipeline.deploy, shift: shiftOf(pipeline) };
  const alarms = alarmPlans(planning);
  const bakeSeconds = live === null ? 0 : deploy.shift.bakeSeconds + deploy.shift.terminationWaitSeconds;
  const expectedSeconds = 2 * FLEET_SECONDS + bakeSeconds;
  const deadlineSeconds = LONGEST_UPDATE_SECONDS + 3600;
  // A holder may have to restore what served before it begins, and each of its waits ends a little late.
  const holdSeconds = 2 * ALARM_DEADLINE_SECONDS + 2 * deadlineSeconds + 4 * 3600;
  const turnSeconds = holdSeconds * (pipeline.policy === 'queue' ? LONGEST_QUEUE : 1);
  const instanceCount = live?.endpoint.variants[0]?.instanceCount ?? deploy.instances.count;
  return {
    mode: live === null ? 'create' : 'update',
    endpoint: deploy.endpoint,
    variant: VARIANT,
    instanceType: deploy.instances.type,
    instanceCount,
    minimumInstances: deploy.shift.type === 'canary' ? Math.max(2, Math.ceil(100 / deploy.shift.percent)) : 1,
    environment: deploy.environment,
    tags: tagsOf(planning),
    alarms,
    namedAlarms: deploy.alarms.named ?? [],
    champion: { configName: live?.endpoint.configName ?? '' },
    shiftType: deploy.shift.type,
    deploymentConfig: { BlueGreenUpdatePolicy: blueGreenUpdatePolicy(planning) },
    trial: null,
    watch: { seconds: deploy.watch.seconds, keep: deploy.keep },
    expectedSeconds,
    turnSeconds,
    alarmDeadlineSeconds: ALARM_DEADLINE_SECONDS,
    deadlineSeconds,
    timeoutSeconds: turnSeconds + holdSeconds,
  };
}

/** SageMaker's shape; it wants WaitIntervalInSeconds for ALL_AT_ONCE too, and at least 600 s in all. */
function blueGreenUpdatePolicy({ pipeline }: Planning): Record<string, unknown> {
  const { type, percent, bakeSeconds, terminationWaitSeconds } = shiftOf(pipeline);
  const waits = bakeSeconds + terminationWaitSeconds;
  const limits = {
    TerminationWaitInSeconds: terminationWaitSeconds,
    MaximumExecutionTimeoutInSeconds: Math.min(LONGEST_UPDATE_SECONDS, waits + 4 * FLEET_SECONDS),
  };
  if (type === 'canary') {
    return {
      TrafficRoutingConfiguration: {
        Type: 'CANARY',
        CanarySize: { Type: 'CAPACITY_PERCENT', Value: percent },
        WaitIntervalInSeconds: bakeSeconds,
      },
      ...limits,
    };
  }
  return {
    TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 },
    ...limits,
    // All traffic is on the new fleet at once, so the bake is the time the old one is kept.
    TerminationWaitInSeconds: waits,
  };
}

function alarmPlans({ pipeline, release, stack }: Planning): AlarmPlan[] {
  const { errorRatePercent, p99LatencyMs, periods } = pipeline.deploy.alarms as Required<
    typeof pipeline.deploy.alarms
  >;
  const common = {
    Namespace: 'AWS/SageMaker',
    Period: ALARM_PERIOD_SECONDS,
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
    ComparisonOperator: 'GreaterThanThreshold',
    // A quiet endpoint is a well endpoint.
    TreatMissingData: 'notBreaching',
    ActionsEnabled: true,
    AlarmActions: [stack.topicArn],
  };
  return [
    {
      key: 'errors',
      scope: 'fleet',
      request: {
        ...common,
        AlarmDescription: `Release ${release.id}: more than ${errorRatePercent} % of its answers are 5xx`,
        MetricName: 'Invocation5XXErrors',
        Statistic: 'Average',
        Threshold: errorRatePercent / 100,
      },
    },
    {
      key: 'latency',
      scope: 'fleet',
      request: {
        ...common,
        AlarmDescription: `Release ${release.id}: the slowest hundredth of its answers takes more than ${p99LatencyMs} ms`,
        MetricName: 'ModelLatency',
        ExtendedStatistic: 'p99',
        // CloudWatch counts it in microseconds.
        Threshold: p99LatencyMs * 1000,
      },
    },
  ];
}
