import type { ShadowComparison, Shift } from './generated/contracts.ts';

/** Some whole instances first, then the rest. */
export interface CanaryShift {
  readonly type: 'canary';
  readonly size: { readonly percent: number } | { readonly instances: number };
  readonly bakeSeconds: number;
  readonly terminationWaitSeconds: number;
}

/** In equal steps of whole instances. */
export interface LinearShift {
  readonly type: 'linear';
  readonly stepPercent: number;
  readonly intervalSeconds: number;
  readonly terminationWaitSeconds: number;
}

/** Everything at once; the old fleet is kept for the bake. */
export interface AllAtOnceShift {
  readonly type: 'all-at-once';
  readonly bakeSeconds: number;
  readonly terminationWaitSeconds: number;
}

/** Batch by batch, with one batch of instances more than the fleet. */
export interface RollingShift {
  readonly type: 'rolling';
  readonly batchPercent: number;
  readonly rollbackBatchPercent: number;
  readonly intervalSeconds: number;
}

/** The shifts that SageMaker does by itself, in one update of the endpoint. */
export type GuardedShift = CanaryShift | LinearShift | AllAtOnceShift | RollingShift;

/** A second variant gets a growing share of the requests, up to all of them. */
export interface WeightsShift {
  readonly type: 'weights';
  /** Rising; the last is 100. */
  readonly steps: readonly number[];
  readonly intervalSeconds: number;
  /** Of the challenger; as many as the champion has when left out. */
  readonly instances?: number;
}

/** The challenger gets copies and answers nobody; then it shifts. */
export interface ShadowShift {
  readonly type: 'shadow';
  readonly percent: number;
  readonly seconds: number;
  readonly instances?: number;
  readonly compare: Required<ShadowComparison>;
  /** What follows when it has passed: the pipeline says `then`. */
  readonly next: GuardedShift | WeightsShift;
}

export type ResolvedShift = GuardedShift | WeightsShift | ShadowShift;

/** What each type takes. */
export const SHIFT_FIELDS: Readonly<Record<Shift['type'], readonly (keyof Shift)[]>> = {
  canary: ['percent', 'instances', 'bakeSeconds', 'terminationWaitSeconds'],
  linear: ['stepPercent', 'intervalSeconds', 'terminationWaitSeconds'],
  'all-at-once': ['bakeSeconds', 'terminationWaitSeconds'],
  rolling: ['batchPercent', 'rollbackBatchPercent', 'intervalSeconds'],
  weights: ['steps', 'intervalSeconds', 'instances'],
  shadow: ['percent', 'instances', 'seconds', 'compare', 'then'],
};

/** The pipeline's shift with the defaults of its type filled in. */
export function shiftOf({
  deploy: { shift },
}: {
  readonly deploy: { readonly shift: Shift };
}): ResolvedShift {
  return shift.type === 'shadow' ? shadowShift(shift) : otherShift(shift);
}

/** What follows when the challenger has passed; a shadow that follows a shadow is refused by shift-rules.ts. */
function shadowShift({ percent = 100, seconds = 3600, instances, compare, then }: Shift): ShadowShift {
  return {
    type: 'shadow',
    percent,
    seconds,
    ...(instances !== undefined && { instances }),
    compare: {
      atLeastRequests: 100,
      errorRateMayRiseBy: 0.5,
      p99LatencyMayRiseByPercent: 20,
      ...compare,
    },
    next: otherShift(then ?? { type: 'canary' }),
  };
}

function otherShift(shift: Shift): GuardedShift | WeightsShift {
  const { bakeSeconds = 600, intervalSeconds = 300, terminationWaitSeconds = 120, instances } = shift;
  switch (shift.type) {
    case 'linear': {
      const { stepPercent = 25 } = shift;
      return { type: 'linear', stepPercent, intervalSeconds, terminationWaitSeconds };
    }
    case 'all-at-once':
      return { type: 'all-at-once', bakeSeconds, terminationWaitSeconds };
    case 'rolling': {
      const { batchPercent = 25, rollbackBatchPercent = 100 } = shift;
      return { type: 'rolling', batchPercent, rollbackBatchPercent, intervalSeconds };
    }
    case 'weights': {
      const { steps = [10, 50] } = shift;
      return {
        type: 'weights',
        steps: steps.at(-1) === 100 ? steps : [...steps, 100],
        intervalSeconds,
        ...(instances !== undefined && { instances }),
      };
    }
    default: {
      const size = instances === undefined ? { percent: shift.percent ?? 25 } : { instances };
      return { type: 'canary', size, bakeSeconds, terminationWaitSeconds };
    }
  }
}

/** What SageMaker does by itself in the end; null when only weights move. */
export function guardedShiftOf(shift: ResolvedShift): GuardedShift | null {
  const last = shift.type === 'shadow' ? shift.next : shift;
  return last.type === 'weights' ? null : last;
}

/**
 * How many whole instances `percent` of them are: rounded down, but at least
 * one, for AWS's guide does not say and this is what keeps the smaller share.
 */
export const wholeInstances = (percent: number, instanceCount: number): number =>
  Math.max(1, Math.floor((instanceCount * percent) / 100));

/** In how many parts a fleet moves when `percent` of it moves at a time. */
export const partsOf = (percent: number, instanceCount: number): number =>
  Math.ceil(instanceCount / wholeInstances(percent, instanceCount));
