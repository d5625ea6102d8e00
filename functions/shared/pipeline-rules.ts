import type { Fault } from './faults.ts';
import type { Gate } from './generated/contracts.ts';
import type { ResolvedPipeline } from './pipeline.ts';
import { shiftOf } from './shift.ts';
import { triggerFaults } from './trigger-rules.ts';

/** SageMaker evaluates a release's alarms once a minute. */
export const ALARM_PERIOD_SECONDS = 60;

/** SageMaker's limit for a bake and for a termination wait. */
const LONGEST_WAIT_SECONDS = 3600;

/** Rules between fields that a schema cannot say. Each fault names its field and what is allowed. */
export function pipelineFaults(pipeline: ResolvedPipeline): Fault[] {
  return [
    ...triggerFaults(pipeline),
    ...spotFaults(pipeline),
    ...metricFaults(pipeline),
    ...gateFaults(pipeline),
    ...shiftFaults(pipeline),
  ];
}

/** SageMaker reads a metric out of the first group of its expression. */
function metricFaults({ train }: ResolvedPipeline): Fault[] {
  return train.metrics.flatMap(({ regex }, index) => {
    const path = `$.train.metrics[${index}].regex`;
    try {
      // An alternative that matches nothing makes every expression match, and tells how many groups it has.
      const groups = new RegExp(`${regex}|`).exec('')!.length - 1;
      return groups === 1
        ? []
        : [{ path, message: `has ${groups} groups; it needs exactly one, around the number` }];
    } catch (error) {
      return [{ path, message: `is no regular expression: ${(error as Error).message}` }];
    }
  });
}

function spotFaults({ train }: ResolvedPipeline): Fault[] {
  if (train.spot === undefined || train.spot.maxWaitSeconds >= train.maxRuntimeSeconds) return [];
  return [
    {
      path: '$.train.spot.maxWaitSeconds',
      message: `is ${train.spot.maxWaitSeconds}; it covers waiting and running, so it must be at least train.maxRuntimeSeconds (${train.maxRuntimeSeconds})`,
    },
  ];
}

function gateFaults({ evaluate }: ResolvedPipeline): Fault[] {
  return evaluate.gates.flatMap((gate, index) => {
    const path = `$.evaluate.gates[${index}]`;
    const bounds = boundsOf(gate);
    if (bounds.length !== 1) {
      return [
        {
          path,
          message: `has ${bounds.length === 0 ? 'no rule' : `the rules ${bounds.join(' and ')}`}; give exactly one of atLeast, atMost, mayDropBy, mayRiseBy`,
        },
      ];
    }
    const compares = bounds[0] === 'mayDropBy' || bounds[0] === 'mayRiseBy';
    if (compares && gate.against === undefined) {
      return [
        {
          path: `${path}.against`,
          message: `is missing; ${bounds[0]} compares with the champion: add against: champion`,
        },
      ];
    }
    if (!compares && gate.against !== undefined) {
      return [
        {
          path: `${path}.against`,
          message: `makes no sense with ${bounds[0]}; use mayDropBy or mayRiseBy, or leave it out`,
        },
      ];
    }
    return [];
  });
}

const boundsOf = (gate: Gate): string[] =>
  (['atLeast', 'atMost', 'mayDropBy', 'mayRiseBy'] as const).filter((bound) => gate[bound] !== undefined);

function shiftFaults({ deploy }: ResolvedPipeline): Fault[] {
  const faults: Fault[] = [];
  const { bakeSeconds, terminationWaitSeconds, type, percent } = shiftOf({ deploy });
  const { periods } = deploy.alarms;
  // The alarm needs its periods in full, and a metric comes a little late.
  const leastBakeSeconds = Math.max(3, periods + 2) * ALARM_PERIOD_SECONDS;
  if (bakeSeconds < leastBakeSeconds) {
    faults.push({
      path: '$.deploy.shift.bakeSeconds',
      message: `is ${bakeSeconds}; the alarms need ${periods} full minutes and look once in ${ALARM_PERIOD_SECONDS} s, so a bake shorter than ${leastBakeSeconds} s protects nobody`,
    });
  }
  if (type === 'all-at-once' && bakeSeconds + terminationWaitSeconds > LONGEST_WAIT_SECONDS) {
    faults.push({
      path: '$.deploy.shift.terminationWaitSeconds',
      message: `is ${terminationWaitSeconds}; all-at-once bakes by keeping the old fleet, for bakeSeconds and terminationWaitSeconds together (${bakeSeconds + terminationWaitSeconds} s), and SageMaker allows ${LONGEST_WAIT_SECONDS} s`,
    });
  }
  if (type === 'canary')
    faults.push(...canaryFaults(deploy.instances.count, percent, '$.deploy.instances.count'));
  return faults;
}

/** Whole instances carry a canary: at least one, at most half of the fleet. */
export function canaryFaults(instanceCount: number, percent: number, path: string): Fault[] {
  if (instanceCount < 2) {
    return [
      {
        path,
        message: `is ${instanceCount}; a canary needs at least 2 instances, or choose deploy.shift.type: all-at-once`,
      },
    ];
  }
  if ((instanceCount * percent) / 100 < 1) {
    return [
      {
        path: '$.deploy.shift.percent',
        message: `is ${percent}; ${percent} % of ${instanceCount} instances is less than one whole instance: give at least ${Math.ceil(100 / instanceCount)}`,
      },
    ];
  }
  return [];
}
