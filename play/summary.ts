import type { ReportData, ReportRelease } from './report/data.ts';

/** What a program may want to know of a run; `.signalbox/summary.json`. */
export const summaryOf = ({ seed, wallSeconds, peakRssMb, releases, traffic }: ReportData) => ({
  seed,
  wallSeconds,
  peakRssMb,
  releases: releases.map(releaseSummary),
  traffic: { requests: traffic.requests, failed: traffic.failed, failedOnChampion: traffic.failedOnChampion },
});

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
  metrics: release.challenger?.metrics ?? {},
  endpoint: release.endpoint
    ? { intendedConfig: release.endpoint.intendedConfig, servedConfig: release.endpoint.servedConfig }
    : null,
});
