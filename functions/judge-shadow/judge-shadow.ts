import type { ShadowComparisonRequest, ShadowLimits, ShadowVerdict } from '#shared/generated/contracts.ts';
import { type Answered, answeredBy } from './answered.ts';

/** Compares a challenger that only got copies with the champion that answered, on the same requests. */
export function judgeShadow({ limits, metrics }: ShadowComparisonRequest): ShadowVerdict {
  const champion = answeredBy('champion', metrics);
  const challenger = answeredBy('challenger', metrics);
  const reasons = [tooFew, tooManyErrors, tooSlow].flatMap((rule) => rule(challenger, champion, limits));
  return { passed: reasons.length === 0, reasons, notes: [inWords(challenger, champion)] };
}

/** One limit: the reasons for which a challenger does not keep it. */
type Rule = (challenger: Answered, champion: Answered, limits: ShadowLimits) => string[];

const tooFew: Rule = (challenger, champion, { atLeastRequests }) => [
  ...(challenger.requests < atLeastRequests
    ? [
        `the challenger got ${counted(challenger.requests, 'copy', 'copies')}; ${atLeastRequests} are needed to compare`,
      ]
    : []),
  ...(champion.requests === 0 ? ['the champion answered no request to compare with'] : []),
];

const tooManyErrors: Rule = (challenger, champion, { errorRateMayRiseBy }) => {
  const [mine, theirs] = [challenger.errorPercent, champion.errorPercent];
  if (champion.requests === 0 || isWithin(mine - theirs, errorRateMayRiseBy, mine)) return [];
  return [
    `${shown(mine)} % of the challenger's answers are errors, ${shown(mine - theirs)} points above the champion's ${shown(theirs)} %; ${errorRateMayRiseBy} is allowed`,
  ];
};

const tooSlow: Rule = (challenger, champion, { p99LatencyMayRiseByPercent }) => {
  const [mine, theirs] = [challenger.p99Ms, champion.p99Ms];
  if (mine === undefined || theirs === undefined)
    return [challenger, champion]
      .filter(({ requests, p99Ms }) => requests > 0 && p99Ms === undefined)
      .map(({ who }) => `CloudWatch tells no latency of the ${who}`);
  if (isWithin(mine - theirs, (theirs * p99LatencyMayRiseByPercent) / 100, mine)) return [];
  return [
    `the challenger's p99 of ${shown(mine)} ms is ${shown(mine - theirs)} ms above the champion's ${shown(theirs)} ms; ${p99LatencyMayRiseByPercent} % is allowed`,
  ];
};

/** A limit is kept at the limit itself, however binary numbers round it. */
const isWithin = (rise: number, allowed: number, scale: number): boolean =>
  rise - allowed <= 1e-9 * Math.max(scale, allowed);

const inWords = (challenger: Answered, champion: Answered): string =>
  `As a shadow the challenger got ${counted(challenger.requests, 'copy', 'copies')} of ${counted(champion.requests, 'request', 'requests')}: ` +
  `${shown(challenger.errorPercent)} % errors against ${shown(champion.errorPercent)} %, ` +
  `p99 ${latency(challenger)} against ${latency(champion)}.`;

const latency = ({ p99Ms }: Answered): string => (p99Ms === undefined ? 'unknown' : `${shown(p99Ms)} ms`);

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Four digits are enough for a person. */
const shown = (value: number): string => String(Number(value.toPrecision(4)));
