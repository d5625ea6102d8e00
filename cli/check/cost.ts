import type { ResolvedPipeline } from '../../functions/shared/pipeline.ts';
import { HOURS_A_MONTH, type Price, priceOf, SPOT_SAVES_UP_TO, type Use } from '../prices.ts';
import { extraFleets } from './shift-fleets.ts';

/** What one step may cost, in US dollars. */
export interface CostLine {
  readonly step: string;
  readonly instances: string;
  readonly type: string;
  readonly use: Use;
  /** Of one instance; null where no source was found. */
  readonly price: Price | null;
  /** How long it may run at most. */
  readonly hours: number;
  /** Where every hour is used. Of Spot, `fromUsd` is the most that it may save. */
  readonly atMostUsd: number | null;
  readonly fromUsd: number | null;
}

export interface Forecast {
  readonly release: readonly CostLine[];
  /** Every step at its limit, every rung climbed; null when a price is unknown. */
  readonly releaseAtMostUsd: number | null;
  readonly endpoint: CostLine & { readonly monthUsd: number | null };
  readonly unknownTypes: readonly string[];
  /** Neo compiles; no price of it is known. */
  readonly compiles: boolean;
  readonly sources: readonly string[];
}

/** Prices that people have told, by type. */
export type ToldPrices = ReadonlyMap<string, number>;

/** What a release may cost at most, and what its endpoint costs a month. Jobs that end sooner cost less. */
export function forecast(pipeline: ResolvedPipeline, region: string | undefined, told: ToldPrices): Forecast {
  const { process, train, evaluate, deploy } = pipeline;
  const line = (step: string, use: Use, job: Instances, seconds: number, isSpot = false): CostLine =>
    costLine({ step, use, job, seconds, isSpot, region, told });
  const spotTypes = train.spot ? [train.instances.type, ...train.spot.ladder] : [];
  const isOnDemandToo = train.spot === undefined || train.spot.fallback === 'on-demand';
  const release = [
    line('process', 'processing', process.instances, process.maxRuntimeSeconds),
    ...spotTypes.map((type) =>
      line('train on Spot', 'training', { ...train.instances, type }, train.maxRuntimeSeconds, true),
    ),
    ...(isOnDemandToo ? [line('train', 'training', train.instances, train.maxRuntimeSeconds)] : []),
    line('evaluate', 'processing', evaluate.instances, evaluate.maxRuntimeSeconds),
    line('evaluate champion', 'processing', evaluate.instances, evaluate.maxRuntimeSeconds),
    ...extraFleets(pipeline).map(({ step, count, seconds }) =>
      line(step, 'hosting', { ...deploy.instances, count }, seconds),
    ),
  ];
  const month = line('endpoint', 'hosting', deploy.instances, HOURS_A_MONTH * 3600);
  const all = [...release, month];
  return {
    release,
    releaseAtMostUsd: sum(release.map(({ atMostUsd }) => atMostUsd)),
    endpoint: { ...month, monthUsd: month.atMostUsd },
    unknownTypes: [
      ...new Set(all.filter(({ price }) => price === null).map(({ type, use }) => `${type} for ${use}`)),
    ],
    compiles: pipeline.compile !== undefined,
    sources: [...new Set(all.flatMap(({ price }) => (price === null ? [] : [sourceOf(price)])))],
  };
}

interface Instances {
  readonly type: string;
  readonly count: number;
}

function costLine({
  step,
  use,
  job: { type, count },
  seconds,
  isSpot,
  region,
  told,
}: {
  readonly step: string;
  readonly use: Use;
  readonly job: Instances;
  readonly seconds: number;
  readonly isSpot: boolean;
  readonly region: string | undefined;
  readonly told: ToldPrices;
}): CostLine {
  const price = toldPrice(type, told) ?? priceOf(type, use, region) ?? null;
  const hours = seconds / 3600;
  const atMostUsd = price === null ? null : cents(price.usdPerHour * count * hours);
  return {
    step,
    instances: `${count} × ${type}`,
    type,
    use,
    price,
    hours,
    atMostUsd,
    fromUsd: atMostUsd === null ? null : isSpot ? cents(atMostUsd * (1 - SPOT_SAVES_UP_TO)) : atMostUsd,
  };
}

function toldPrice(type: string, told: ToldPrices): Price | undefined {
  const usdPerHour = told.get(type);
  return usdPerHour === undefined
    ? undefined
    : { usdPerHour, region: 'yours', source: { text: 'told with --price', read: '' } };
}

const sourceOf = ({ region, source: { text, read } }: Price): string =>
  read === '' ? text : `${region}, ${read}: ${text}`;

const sum = (parts: readonly (number | null)[]): number | null =>
  parts.includes(null) ? null : cents(parts.reduce<number>((total, part) => total + part!, 0));

const cents = (usd: number): number => Math.round(usd * 100) / 100;
