import type { Fault } from './faults.ts';
import type { Shift } from './generated/contracts.ts';
import type { ResolvedPipeline } from './pipeline.ts';
import { type GuardedShift, guardedShiftOf, type ResolvedShift, SHIFT_FIELDS, shiftOf } from './shift.ts';

/** SageMaker evaluates a release's alarms once a minute. */
export const ALARM_PERIOD_SECONDS = 60;

/** SageMaker's limit for each wait of an update. */
const LONGEST_WAIT_SECONDS = 3600;

/** How many alarms UpdateEndpoint takes. */
const MOST_ALARMS = 10;

/** Where a rule is written, for whoever wants to read on. */
export const guide = (page: string): string => ` (SageMaker guide, “${page}”)`;

/** What a shift and its alarms may not say, whatever serves. */
export function shiftFaults({ deploy }: ResolvedPipeline): Fault[] {
  const path = '$.deploy.shift';
  const faults = [...fieldFaults(deploy.shift, path), ...alarmCountFaults(deploy.alarms)];
  // A field of another type says that something else was meant.
  if (faults.length > 0) return faults;
  const shift = shiftOf({ deploy });
  const last = shift.type === 'shadow' ? `${path}.then` : path;
  const guarded = guardedShiftOf(shift);
  return [
    ...afterwardsFaults(deploy),
    ...watchFaults(shift, path, deploy.alarms.periods),
    ...(shift.type === 'shadow' ? watchFaults(shift.next, last, deploy.alarms.periods) : []),
    ...(guarded === null ? [] : sizeFaults(guarded, last, deploy.instances.count)),
  ];
}

/** Each type takes its own fields. */
function fieldFaults(shift: Shift, path: string): Fault[] {
  const { type, then } = shift;
  const takes = SHIFT_FIELDS[type];
  const faults: Fault[] = Object.keys(shift)
    .filter((field) => field !== 'type' && !takes.includes(field as keyof Shift))
    .map((field) => ({
      path: `${path}.${field}`,
      message: `means nothing to ${type}, which takes ${takes.join(', ')}: leave it out`,
    }));
  const { steps } = shift;
  if (type === 'canary' && shift.percent !== undefined && shift.instances !== undefined) {
    faults.push({ path, message: 'has percent and instances; give one of them' });
  }
  if (type === 'weights' && steps?.some((percent, at) => percent <= (steps[at - 1] ?? 0))) {
    faults.push({
      path: `${path}.steps`,
      message: `is ${steps.join(', ')}; each share must be larger than the one before: sort them, without repeating one`,
    });
  }
  if (then === undefined || type !== 'shadow') return faults;
  return then.type === 'shadow'
    ? [
        {
          path: `${path}.then.type`,
          message: 'is shadow, which answers nobody; say how the challenger takes over: any other type',
        },
      ]
    : [...faults, ...fieldFaults(then, `${path}.then`), ...fleetFaults(then, path)];
}

/** Weights that follow a shadow move requests to the instances that it has already. */
const fleetFaults = ({ type, instances }: Shift, path: string): Fault[] =>
  type === 'weights' && instances !== undefined
    ? [
        {
          path: `${path}.then.instances`,
          message: `means nothing here; the shadow's stay: say ${path}.instances`,
        },
      ]
    : [];

function alarmCountFaults({ named, periods: _, ...limits }: ResolvedPipeline['deploy']['alarms']): Fault[] {
  const own = Object.keys(limits).length;
  if (own + named.length <= MOST_ALARMS) return [];
  return [
    {
      path: '$.deploy.alarms',
      message: `makes ${own} alarms and names ${named.length}; an update takes ${MOST_ALARMS} (SageMaker API, AutoRollbackConfig): leave some out`,
    },
  ];
}

/** An alarm needs its periods in full, and a metric comes a little late. */
const leastSeconds = (periods: number): number => Math.max(3, periods + 2) * ALARM_PERIOD_SECONDS;

/** A watch that no alarm can use promises what it does not keep. */
function afterwardsFaults({ watch, alarms }: ResolvedPipeline['deploy']): Fault[] {
  const least = leastSeconds(alarms.periods);
  if (watch.seconds === 0 || watch.seconds >= least) return [];
  return [
    { path: '$.deploy.watch.seconds', message: `is ${watch.seconds}; give at least ${least}, or 0 for none` },
  ];
}

/** Who watches a part of the traffic needs time to see it; SageMaker waits an hour at most. */
function watchFaults(shift: ResolvedShift, path: string, periods: number): Fault[] {
  const least = leastSeconds(periods);
  const [field, seconds] = watchOf(shift);
  if (seconds < least) {
    return [
      {
        path: `${path}.${field}`,
        message: `is ${seconds}; the alarms look once a minute and need ${periods} full ones: give at least ${least}`,
      },
    ];
  }
  if (shift.type === 'weights' || shift.type === 'shadow') return [];
  if (seconds > LONGEST_WAIT_SECONDS) {
    return [
      {
        path: `${path}.${field}`,
        message: `is ${seconds}; SageMaker waits at most ${LONGEST_WAIT_SECONDS} s at a time (SageMaker API, WaitIntervalInSeconds): for longer steps choose weights`,
      },
    ];
  }
  if (shift.type !== 'all-at-once') return [];
  const both = shift.bakeSeconds + shift.terminationWaitSeconds;
  if (both <= LONGEST_WAIT_SECONDS) return [];
  return [
    {
      path: `${path}.terminationWaitSeconds`,
      message: `is ${shift.terminationWaitSeconds}; the old fleet stays for bakeSeconds and terminationWaitSeconds together, ${both} s, and ${LONGEST_WAIT_SECONDS} are allowed (SageMaker API, TerminationWaitInSeconds): shorten one`,
    },
  ];
}

function watchOf(shift: ResolvedShift): [field: string, seconds: number] {
  if (shift.type === 'shadow') return ['seconds', shift.seconds];
  return 'bakeSeconds' in shift
    ? ['bakeSeconds', shift.bakeSeconds]
    : ['intervalSeconds', shift.intervalSeconds];
}

/** What AWS's API says of a part of the fleet that moves at a time. */
const PARTS = {
  canary: { a: 'a canary', field: 'percent', least: 1, rule: 'CanarySize' },
  linear: { a: 'a linear shift', field: 'stepPercent', least: 10, rule: 'LinearStepSize' },
  rolling: { a: 'a rolling update', field: 'batchPercent', least: 5, rule: 'MaximumBatchSize' },
} as const;

/** Whole instances carry a part of the traffic: at least one, and at most half of the fleet. */
export function sizeFaults(shift: GuardedShift, path: string, instanceCount: number, are = ''): Fault[] {
  if (shift.type === 'all-at-once') return [];
  const { a, field, least, rule } = PARTS[shift.type];
  const source = ` (SageMaker API, ${rule})`;
  const fault = (at: string, message: string): Fault[] => [{ path: `${path}.${at}`, message }];
  if (instanceCount < 2) {
    return [
      {
        path: are === '' ? '$.deploy.instances.count' : path + are,
        message: `is ${instanceCount}; ${a} needs at least 2 instances, for at most half may move at a time${source}: add one, or choose all-at-once`,
      },
    ];
  }
  if (shift.type === 'canary' && 'instances' in shift.size) {
    const { instances } = shift.size;
    if (2 * instances <= instanceCount) return [];
    return fault(
      `instances${are}`,
      `is ${instances}; at most half of ${instanceCount} instances may be the canary${source}: give at most ${Math.floor(instanceCount / 2)}`,
    );
  }
  if (shift.type === 'rolling' && shift.rollbackBatchPercent < least) {
    return fault('rollbackBatchPercent', `is ${shift.rollbackBatchPercent}; give ${least} to 100${source}`);
  }
  const percent = percentOf(shift);
  if (percent < least || percent > 50)
    return fault(field, `is ${percent}; ${least} to 50 % of the fleet may move at a time${source}`);
  if (instanceCount * percent < 100) {
    return fault(
      `${field}${are}`,
      `is ${percent}; ${percent} % of ${instanceCount} instances is less than one whole instance${source}: give at least ${Math.ceil(100 / instanceCount)}`,
    );
  }
  return [];
}

function percentOf(shift: Exclude<GuardedShift, { type: 'all-at-once' }>): number {
  if (shift.type === 'linear') return shift.stepPercent;
  if (shift.type === 'rolling') return shift.batchPercent;
  return 'percent' in shift.size ? shift.size.percent : 0;
}
