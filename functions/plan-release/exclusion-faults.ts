import type { Fault } from '#shared/faults.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';
import { guardedShiftOf, shiftOf } from '#shared/shift.ts';
import { guide } from '#shared/shift-rules.ts';
import { familyOf } from './instance-facts.ts';
import type { Served } from './plan-faults.ts';

/** One thing that an endpoint may have, and what it keeps the endpoint from. */
interface Exclusion {
  readonly has: string;
  /** SageMaker then moves everything at once, bakes nothing, hears no alarm, and does not say so. */
  readonly fromGuardrails: boolean;
  readonly isThere: (pipeline: ResolvedPipeline, served: Served) => boolean;
}

const EXCLUSIONS: readonly Exclusion[] = [
  {
    has: 'Inf1 instances',
    fromGuardrails: true,
    isThere: ({ deploy }, { live }) =>
      [deploy.instances.type, live?.endpoint.instanceType ?? ''].some((type) => familyOf(type) === 'inf1'),
  },
  {
    has: 'a container of AWS Marketplace',
    fromGuardrails: true,
    isThere: (_, { live, approved }) => (live?.package?.productId ?? approved?.productId) !== undefined,
  },
  {
    has: 'a model of several containers',
    fromGuardrails: false,
    isThere: (_, { live, approved }) =>
      Math.max(live?.package?.containers ?? 1, approved?.containers ?? 1) > 1,
  },
  {
    has: 'asynchronous inference',
    fromGuardrails: false,
    isThere: (_, { live }) => live?.endpoint.isAsync === true,
  },
];

/** What SageMaker leaves out of guarded updates, in silence, and out of shadow variants, with an error. */
export function exclusionFaults(pipeline: ResolvedPipeline, served: Served): Fault[] {
  const shift = shiftOf(pipeline);
  const isGuarded = guardedShiftOf(shift) !== null;
  const path = '$.deploy.shift.type';
  return EXCLUSIONS.filter(({ isThere }) => isThere(pipeline, served)).flatMap(({ has, fromGuardrails }) => {
    if (shift.type === 'shadow') {
      const message = `is shadow, and the endpoint has ${has}, of which SageMaker makes no shadow${guide('Shadow tests: Exclusions')}: choose ${fromGuardrails ? 'weights' : 'another type'}`;
      return [{ path, message }];
    }
    if (!isGuarded || !fromGuardrails) return [];
    const message = `is ${shift.type}, and the endpoint has ${has}: SageMaker would move everything at once without baking, hear no alarm and not say so${guide('Deployment guardrails: Exclusions')}: choose weights`;
    return [{ path, message }];
  });
}
