import type { Fault } from '#shared/faults.ts';
import type { PlanRequest } from '#shared/generated/contracts.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';
import { guardedShiftOf, shiftOf } from '#shared/shift.ts';
import { guide, sizeFaults } from '#shared/shift-rules.ts';
import { limitsByInstance } from './alarm-plans.ts';
import { compileFaults } from './compile-faults.ts';
import { VARIANT } from './deploy-plan.ts';
import { guardedSeconds, LONGEST_UPDATE_SECONDS } from './deployment-config.ts';
import { exclusionFaults } from './exclusion-faults.ts';
import { liveFaults } from './live-faults.ts';

/** What a request says of what is deployed and of what serves. */
export type Served = Pick<PlanRequest, 'live' | 'approved'>;

/** What AWS would refuse or do otherwise in silence, and only shows against instance types or the endpoint that serves now. */
export function planFaults(pipeline: ResolvedPipeline, served: Served): Fault[] {
  return [
    ...compileFaults(pipeline),
    ...alarmFaults(pipeline),
    ...exclusionFaults(pipeline, served),
    ...timeFaults(pipeline, served),
    ...(served.live === null
      ? []
      : [...liveFaults(pipeline, served.live), ...liveSizeFaults(pipeline, served)]),
  ];
}

/** SageMaker counts processors and GPUs by a hundred each, so a limit needs to know how many there are. */
function alarmFaults({ deploy: { alarms, instances } }: ResolvedPipeline): Fault[] {
  return limitsByInstance(alarms).flatMap(({ limit, unit }) => {
    const count = unit(instances.type);
    if (count !== undefined && count > 0) return [];
    return [
      {
        path: `$.deploy.alarms.${limit}`,
        message:
          count === 0
            ? `needs GPUs, and ${instances.type} has none${guide('SageMaker AI metrics in CloudWatch')}: leave it out, or choose an instance with GPUs`
            : `cannot be set for ${instances.type}: SageMaker counts 100 % for each processor or GPU${guide('SageMaker AI metrics in CloudWatch')}, and how many it has is not known here; make such an alarm yourself and give its name in deploy.alarms.named`,
      },
    ];
  });
}

/** All waits and all new instances must fit into the longest time that an update may take. */
function timeFaults(pipeline: ResolvedPipeline, { live }: Served): Fault[] {
  const shift = guardedShiftOf(shiftOf(pipeline));
  if (shift === null) return [];
  const count = liveCount(live) ?? pipeline.deploy.instances.count;
  const { waitSeconds, provisionSeconds } = guardedSeconds(shift, count);
  if (waitSeconds + provisionSeconds <= LONGEST_UPDATE_SECONDS) return [];
  return [
    {
      path: `${placeOfGuarded(pipeline)}.intervalSeconds`,
      message: `makes the shift of ${count} instances wait for ${waitSeconds} s in all, and new instances may take ${provisionSeconds} s; an update may take ${LONGEST_UPDATE_SECONDS} s (SageMaker API, MaximumExecutionTimeoutInSeconds): take larger steps or shorter intervals, or choose weights`,
    },
  ];
}

function liveSizeFaults(pipeline: ResolvedPipeline, { live }: Served): Fault[] {
  const shift = guardedShiftOf(shiftOf(pipeline));
  const count = liveCount(live);
  if (shift === null || count === undefined) return [];
  return sizeFaults(shift, placeOfGuarded(pipeline), count, ' (instances live now)');
}

/** Where the shift stands that SageMaker does: a shadow's is what follows. */
const placeOfGuarded = ({ deploy }: ResolvedPipeline): string =>
  deploy.shift.type === 'shadow' ? '$.deploy.shift.then' : '$.deploy.shift';

const liveCount = (live: PlanRequest['live']): number | undefined =>
  live?.endpoint.variants.find(({ name }) => name === VARIANT)?.instanceCount;
