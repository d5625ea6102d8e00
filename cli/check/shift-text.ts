import type { ResolvedPipeline } from '../../functions/shared/pipeline.ts';
import { type ResolvedShift, shiftOf } from '../../functions/shared/shift.ts';
import { span } from '../text/time.ts';

/** `canary 25 %, 10 min bake`. */
export function shiftText(shift: ResolvedShift): string {
  switch (shift.type) {
    case 'canary': {
      const size = 'percent' in shift.size ? `${shift.size.percent} %` : counted(shift.size.instances);
      return `canary ${size}, ${span(shift.bakeSeconds)} bake`;
    }
    case 'linear':
      return `linear, ${shift.stepPercent} % each ${span(shift.intervalSeconds)}`;
    case 'all-at-once':
      return `all-at-once, ${span(shift.bakeSeconds)} bake`;
    case 'rolling':
      return `rolling, ${shift.batchPercent} % each ${span(shift.intervalSeconds)}`;
    case 'weights':
      return `weights ${shift.steps.join(', ')} %, ${span(shift.intervalSeconds)} each`;
    case 'shadow':
      return `shadow for ${span(shift.seconds)}, then ${shiftText(shift.next)}`;
  }
}

/** What happens around a shift: trial, alarms, watch, and what is kept. */
export function deployFacts(pipeline: ResolvedPipeline): string[][] {
  const { deploy } = pipeline;
  const { periods, named, ...limits } = deploy.alarms;
  const own = Object.entries(limits).map(([limit, value]) => `${limit} ${value}`);
  return [
    ['deploys', `to ${deploy.endpoint}`],
    ...trialFacts(shiftOf(pipeline), deploy.instances.count),
    [
      'alarms',
      `${[...own, ...named].join(', ')}: ${span(periods * 60)} over a limit brings the champion back`,
    ],
    [
      'watches',
      deploy.watch.seconds === 0
        ? 'not beyond the shift'
        : `${span(deploy.watch.seconds)} more, in which an alarm still brings the champion back`,
    ],
    [
      'keeps',
      `${deploy.keep} ${deploy.keep === 1 ? 'release' : 'releases'} that served before, to go back to`,
    ],
  ];
}

function trialFacts(shift: ResolvedShift, count: number): string[][] {
  if (shift.type !== 'weights' && shift.type !== 'shadow') return [];
  const beside = `${counted(shift.instances ?? count)} beside the champion`;
  if (shift.type === 'weights') return [['tries', `the challenger on ${beside}`]];
  const { atLeastRequests, errorRateMayRiseBy, p99LatencyMayRiseByPercent } = shift.compare;
  return [
    [
      'tries',
      `the challenger on ${beside}, with copies of ${shift.percent} % of its requests: at least ${atLeastRequests}, ` +
        `errors at most ${errorRateMayRiseBy} points over the champion's, p99 latency at most ${p99LatencyMayRiseByPercent} %`,
    ],
  ];
}

const counted = (count: number): string => `${count} ${count === 1 ? 'instance' : 'instances'}`;
