import { offBy, shareOf } from './phases.ts';
import type { ReportData, ReportRelease } from './report/data.ts';

/** What a program may want to know of a run; `.signalbox/summary.json`. */
export const summaryOf = ({ seed, wallSeconds, peakRssMb, releases, traffic }: ReportData) => ({
  seed,
  wallSeconds,
  peakRssMb,
  releases: releases.map(releaseSummary),
  traffic: {
    requests: traffic.requests,
    failed: traffic.failed,
    failedOnChampion: traffic.failedOnChampion,
    fleets: fleetsOf(traffic),
    phases: traffic.phases.map((phase) => ({
      ...phase,
      share: round(shareOf(phase)),
      offBy: round(offBy(phase)),
    })),
  },
});

/** Requests and failures by fleet and variant; the copies of a shadow stand apart, for nobody got their answers. */
function fleetsOf({ seconds }: ReportData['traffic']) {
  return [...Map.groupBy(seconds, ({ fleet, variant }) => `${fleet}/${variant}`).values()].map((rows) => {
    const { fleet, variant, isShadow } = rows[0]!;
    const sum = (pick: 'requests' | 'errors') => rows.reduce((all, row) => all + row[pick], 0);
    return { fleet, variant, isShadow, requests: sum('requests'), failed: sum('errors') };
  });
}

/** The worst of all phases; undefined when nobody was tried. */
export const furthestOff = ({ phases }: Pick<ReportData['traffic'], 'phases'>): number | undefined =>
  phases.length === 0 ? undefined : Math.max(...phases.map(offBy));

const round = (share: number): number => Math.round(share * 10_000) / 10_000;

const releaseSummary = (release: ReportRelease) => ({
  id: release.id,
  pipeline: release.pipeline,
  trigger: release.trigger.kind,
  outcome: release.outcome ?? null,
  reasons: release.reasons,
  transitions: release.transitions,
  training: release.training
    ? {
        spotInterruptions: release.training.spotInterruptions,
        resumedFromEpoch: release.training.resumedFromEpoch ?? null,
        trainingSeconds: release.training.trainingSeconds,
        billableSeconds: release.training.billableSeconds,
      }
    : null,
  compilation: release.compilation ?? null,
  notes: release.notes,
  metrics: release.challenger?.metrics ?? {},
  endpoint: release.endpoint
    ? { intendedConfig: release.endpoint.intendedConfig, servedConfig: release.endpoint.servedConfig }
    : null,
});
