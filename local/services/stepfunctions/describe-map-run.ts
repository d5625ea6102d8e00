import type { MapRun } from '../../asl/distributed/map-run.ts';
import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

export const describeMapRun =
  (states: StepFunctions): Operation =>
  ({ mapRunArn }: { readonly mapRunArn: string }) => {
    const mapRun = states.findMapRun(mapRunArn);
    const { arn, parent, status, startMs, stopMs, settings, redriveCount, redriveMs } = mapRun;
    return {
      mapRunArn: arn,
      executionArn: parent.facts.arn,
      status,
      startDate: new Date(startMs),
      ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
      maxConcurrency: settings.maxConcurrency,
      toleratedFailurePercentage: settings.toleratedFailurePercentage ?? 0,
      toleratedFailureCount: settings.toleratedFailureCount ?? 0,
      itemCounts: countsOf(mapRun, ({ itemCount }) => itemCount),
      executionCounts: countsOf(mapRun, () => 1),
      redriveCount,
      ...(redriveMs !== undefined && { redriveDate: new Date(redriveMs) }),
    };
  };

function countsOf(mapRun: MapRun, weight: Parameters<MapRun['count']>[0]): object {
  const { PENDING, PENDING_REDRIVE, RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED } = mapRun.count(weight);
  const ended = SUCCEEDED + FAILED + TIMED_OUT + ABORTED;
  return {
    pending: PENDING,
    running: RUNNING,
    succeeded: SUCCEEDED,
    failed: FAILED,
    timedOut: TIMED_OUT,
    aborted: ABORTED,
    total: PENDING + PENDING_REDRIVE + RUNNING + ended,
    // Recorded by AWS: results that stay in the state's output count as written too.
    resultsWritten: mapRun.resultsWritten || mapRun.status === 'SUCCEEDED' ? ended : 0,
    failuresNotRedrivable: 0,
    pendingRedrive: PENDING_REDRIVE,
  };
}
