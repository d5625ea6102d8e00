import type { DeployPlan } from '#shared/generated/contracts.ts';
import { type GuardedShift, guardedShiftOf, shiftOf } from '#shared/shift.ts';
import { alarmPlans } from './alarm-plans.ts';
import {
  deploymentConfigOf,
  FLEET_SECONDS,
  guardedSeconds,
  LONGEST_UPDATE_SECONDS,
} from './deployment-config.ts';
import { type Planning, tagsOf } from './plan-release.ts';
import { trialPlan } from './trial-plan.ts';

/** Signalbox's one production variant. A guarded update must keep the name. */
export const VARIANT = 'main';

/** New alarms are OK within a minute or two; an endpoint that scales comes to rest within a quarter of an hour. */
const ALARM_DEADLINE_SECONDS = 1800;

/** One change of the endpoint: SageMaker's own longest, and an hour for it to be told. */
const DEADLINE_SECONDS = LONGEST_UPDATE_SECONDS + 3600;

/** Deployments that a queue may hold before this one; else the newest is next after the one that runs. */
const LONGEST_QUEUE = 20;

/** Step Functions ends a Standard execution after a year. */
const LONGEST_EXECUTION_SECONDS = 31_536_000;

export function deployPlan(planning: Planning): DeployPlan {
  const { pipeline } = planning;
  const { deploy } = pipeline;
  // What is being created just now may fail and go again; the deployment waits for its turn and looks then.
  const live = planning.live?.endpoint.status === 'Creating' ? null : planning.live;
  const variant = live?.endpoint.variants.find(({ name }) => name === VARIANT);
  const instanceCount = variant?.instanceCount ?? deploy.instances.count;
  const shift = shiftOf(pipeline);
  const guarded = guardedShiftOf(shift);
  const trial = trialPlan(shift, instanceCount);
  return {
    mode: live === null ? 'create' : 'update',
    endpoint: deploy.endpoint,
    variant: VARIANT,
    instanceType: deploy.instances.type,
    instanceCount,
    minimumInstances: guarded === null ? 1 : leastInstances(guarded),
    environment: deploy.environment,
    tags: tagsOf(planning),
    alarms: alarmPlans(planning),
    namedAlarms: deploy.alarms.named,
    champion: { configName: live?.endpoint.configName ?? '' },
    shiftType: shift.type,
    deploymentConfig: guarded && deploymentConfigOf(guarded, instanceCount),
    trial,
    watch: { seconds: deploy.watch.seconds, keep: deploy.keep },
    expectedSeconds: live === null ? 2 * FLEET_SECONDS : expectedSeconds(guarded, instanceCount),
    alarmDeadlineSeconds: ALARM_DEADLINE_SECONDS,
    deadlineSeconds: DEADLINE_SECONDS,
    ...turnTimes(trial, pipeline.policy === 'queue'),
  };
}

/** Whole instances carry a part of the traffic: at least one, and at most half of the fleet. */
function leastInstances(shift: GuardedShift): number {
  switch (shift.type) {
    case 'canary':
      return 'instances' in shift.size ? 2 * shift.size.instances : fewestFor(shift.size.percent);
    case 'linear':
      return fewestFor(shift.stepPercent);
    case 'rolling':
      return fewestFor(shift.batchPercent);
    default:
      return 1;
  }
}

const fewestFor = (percent: number): number => Math.max(2, Math.ceil(100 / percent));

/** Without guardrails nothing waits: the fleet comes and everything moves. */
function expectedSeconds(guarded: GuardedShift | null, instanceCount: number): number {
  if (guarded === null) return 2 * FLEET_SECONDS;
  const { waitSeconds, provisionSeconds } = guardedSeconds(guarded, instanceCount);
  return waitSeconds + provisionSeconds + FLEET_SECONDS;
}

/**
 * How long a turn may be waited for, and how long the whole deployment may take.
 *
 * A holder may have to restore what served before it begins, a trial changes the
 * endpoint up to three times, and each of its waits ends a little late.
 */
function turnTimes(
  trial: DeployPlan['trial'],
  isQueue: boolean,
): Pick<DeployPlan, 'turnSeconds' | 'timeoutSeconds'> {
  // Weights that follow a shadow are a trial of their own, planned with it.
  const trials = trial?.kind === 'shadow' && trial.steps.length > 0 ? 2 : 1;
  const trialSeconds = trial === null ? 0 : trial.expectedSeconds + 3 * trials * DEADLINE_SECONDS;
  const holdSeconds = 2 * ALARM_DEADLINE_SECONDS + 2 * DEADLINE_SECONDS + trialSeconds + 4 * 3600;
  // A queue of shadows and weights of weeks would outlast what an execution may.
  const turnSeconds = Math.min(
    holdSeconds * (isQueue ? LONGEST_QUEUE : 1),
    LONGEST_EXECUTION_SECONDS - 2 * holdSeconds,
  );
  return { turnSeconds, timeoutSeconds: turnSeconds + holdSeconds };
}
