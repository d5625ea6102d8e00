import type { ReportTraffic } from '../data.ts';

/** What all fleets answered between two moments. Rates are per real second. */
export interface Column {
  readonly fromMs: number;
  readonly toMs: number;
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

/** Fleets in the order in which they began to answer. */
export function fleetsOf(traffic: ReportTraffic): string[] {
  const ordered = [...traffic.seconds].sort((one, other) => one.atMs - other.atMs);
  return [...new Set(ordered.filter(({ requests }) => requests > 0).map(({ fleet }) => fleet))];
}

function rates(seconds: ReportTraffic['seconds'], moments: number): Map<string, FleetRate> {
  const result = new Map<string, FleetRate>();
  for (const [fleet, entries] of Map.groupBy(seconds, (second) => second.fleet)) {
    const sum = (pick: (entry: (typeof entries)[number]) => number) =>
      entries.reduce((all, entry) => all + pick(entry), 0);
    const requests = sum((entry) => entry.requests);
    result.set(fleet, {
      requests: requests / moments,
      errors: sum((entry) => entry.errors) / moments,
      // A mean of medians is near enough to read; a p99 keeps its worst second.
      p50Ms: sum((entry) => entry.p50Ms * entry.requests) / Math.max(1, requests),
      p99Ms: Math.max(...entries.map((entry) => entry.p99Ms)),
    });
  }
  return result;
}
