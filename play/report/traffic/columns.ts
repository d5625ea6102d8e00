import { bandOf, ownConfig, roleOf } from '../../roles.ts';
import type { ReportTraffic } from '../data.ts';

/** What is drawn in one colour: a fleet, or one variant of a trial. */
export interface Band {
  readonly key: string;
  readonly fleet: string;
  readonly variant: string;
  /** Copies of requests: nobody got the answers. */
  readonly isShadow: boolean;
  /** One for each model: it keeps its colour from fleet to fleet. */
  readonly tone: number;
}

/** What all fleets answered between two moments. Rates are per real second. */
export interface Column {
  readonly fromMs: number;
  readonly toMs: number;
  /** By the bands' keys. */
  readonly fleets: ReadonlyMap<string, FleetRate>;
}

export interface FleetRate {
  readonly requests: number;
  readonly errors: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** More columns than this could not be told apart. */
const MOST_COLUMNS = 260;

/**
 * Seconds side by side, several to a column in a long run. A second is as wide
 * as the moment to the next one, so that a late tick leaves no false gap.
 */
export function columnsOf(traffic: ReportTraffic): Column[] {
  const bySecond = Map.groupBy(traffic.seconds, ({ atMs }) => atMs);
  const moments = [...bySecond.keys()].sort((one, other) => one - other);
  const steps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
  const usual = [...steps].sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? 1000;
  const together = Math.max(1, Math.ceil(moments.length / MOST_COLUMNS));
  const columns: Column[] = [];
  for (let index = 0; index < moments.length; index += together) {
    const group = moments.slice(index, index + together);
    const last = group.at(-1) ?? 0;
    const next = moments[index + together] ?? last + usual;
    columns.push({
      fromMs: group[0] ?? 0,
      toMs: Math.min(next, last + 2.5 * usual),
      fleets: rates(
        group.flatMap((moment) => bySecond.get(moment) ?? []),
        group.length,
      ),
    });
  }
  return columns;
}

/** In the order in which they began to answer; copies lie on top of all. */
export function bandsOf(traffic: ReportTraffic): Band[] {
  const ordered = traffic.seconds
    .filter(({ requests }) => requests > 0)
    .toSorted(
      (one, other) =>
        Number(one.isShadow) - Number(other.isShadow) ||
        one.atMs - other.atMs ||
        Number(roleOf(one) === 'challenger') - Number(roleOf(other) === 'challenger'),
    );
  const models: string[] = [];
  const toneOf = (model: string): number => {
    if (!models.includes(model)) models.push(model);
    return models.indexOf(model);
  };
  return [...Map.groupBy(ordered, bandOf)].map(([key, [first]]) => {
    const { fleet, variant, isShadow } = first!;
    // On a trial's config the champion is the model whose own fleet was the last to answer before.
    const before = (row: ReportTraffic['seconds'][number]) =>
      roleOf(row) === 'own' && row.atMs <= first!.atMs;
    const model = roleOf(first!) === 'champion' ? (ordered.findLast(before)?.fleet ?? key) : ownConfig(fleet);
    return { key, fleet, variant, isShadow, tone: toneOf(model) };
  });
}

function rates(seconds: ReportTraffic['seconds'], moments: number): Map<string, FleetRate> {
  const result = new Map<string, FleetRate>();
  for (const [band, entries] of Map.groupBy(seconds, bandOf)) {
    const sum = (pick: (entry: (typeof entries)[number]) => number) =>
      entries.reduce((all, entry) => all + pick(entry), 0);
    const requests = sum((entry) => entry.requests);
    result.set(band, {
      requests: requests / moments,
      errors: sum((entry) => entry.errors) / moments,
      // A mean of medians is near enough to read; a p99 keeps its worst second.
      p50Ms: sum((entry) => entry.p50Ms * entry.requests) / Math.max(1, requests),
      p99Ms: Math.max(...entries.map((entry) => entry.p99Ms)),
    });
  }
  return result;
}
