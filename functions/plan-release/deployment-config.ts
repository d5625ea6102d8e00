import { type GuardedShift, partsOf, type RollingShift } from '#shared/shift.ts';

/** New fleets usually answer within minutes; AWS gives no promise. */
export const FLEET_SECONDS = 900;

/** SageMaker's own limits for MaximumExecutionTimeoutInSeconds. */
export const LONGEST_UPDATE_SECONDS = 28_800;

/** UpdateEndpoint's DeploymentConfig; the alarms are added when they have their names. */
export function deploymentConfigOf(shift: GuardedShift, instanceCount: number): Record<string, unknown> {
  const { waitSeconds, provisionSeconds } = guardedSeconds(shift, instanceCount);
  const MaximumExecutionTimeoutInSeconds = Math.min(
    LONGEST_UPDATE_SECONDS,
    waitSeconds + 4 * Math.max(FLEET_SECONDS, provisionSeconds),
  );
  if (shift.type === 'rolling') {
    return {
      RollingUpdatePolicy: {
        MaximumBatchSize: capacity(shift.batchPercent),
        WaitIntervalInSeconds: shift.intervalSeconds,
        MaximumExecutionTimeoutInSeconds,
        RollbackMaximumBatchSize: capacity(shift.rollbackBatchPercent),
      },
    };
  }
  return {
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: routing(shift),
      // All at once bakes with all traffic on the new fleet: by the time the old one is kept.
      TerminationWaitInSeconds:
        shift.terminationWaitSeconds + (shift.type === 'all-at-once' ? shift.bakeSeconds : 0),
      MaximumExecutionTimeoutInSeconds,
    },
  };
}

function routing(shift: Exclude<GuardedShift, RollingShift>): Record<string, unknown> {
  switch (shift.type) {
    case 'canary':
      return {
        Type: 'CANARY',
        CanarySize:
          'percent' in shift.size
            ? capacity(shift.size.percent)
            : { Type: 'INSTANCE_COUNT', Value: shift.size.instances },
        WaitIntervalInSeconds: shift.bakeSeconds,
      };
    case 'linear':
      return {
        Type: 'LINEAR',
        LinearStepSize: capacity(shift.stepPercent),
        WaitIntervalInSeconds: shift.intervalSeconds,
      };
    default:
      // The model requires the wait here, too.
      return { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 };
  }
}

const capacity = (Value: number) => ({ Type: 'CAPACITY_PERCENT', Value });

/** How long a guarded shift waits in all, and how long its instances may take to come up. */
export function guardedSeconds(
  shift: GuardedShift,
  instanceCount: number,
): { readonly waitSeconds: number; readonly provisionSeconds: number } {
  switch (shift.type) {
    case 'linear':
      return {
        waitSeconds:
          partsOf(shift.stepPercent, instanceCount) * shift.intervalSeconds + shift.terminationWaitSeconds,
        provisionSeconds: FLEET_SECONDS,
      };
    case 'rolling': {
      const batches = partsOf(shift.batchPercent, instanceCount);
      return { waitSeconds: batches * shift.intervalSeconds, provisionSeconds: batches * FLEET_SECONDS };
    }
    default:
      return {
        waitSeconds: shift.bakeSeconds + shift.terminationWaitSeconds,
        provisionSeconds: FLEET_SECONDS,
      };
  }
}
