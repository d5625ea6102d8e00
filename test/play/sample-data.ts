import type { ReportData } from '../../play/report/data.ts';
import { deploy, release, train } from './sample/machines.ts';
import { configOf, tell } from './sample/releases.ts';
import { trafficFor } from './sample/traffic.ts';

const SPEED = 60;

/** A whole rehearsal: created, shifted by canary, rolled back, rejected. */
export function sampleData(): ReportData {
  const startedAtMs = Date.parse('2026-03-02T09:00:00Z');
  const first = tell({
    id: 'flight-delay-20260302-090004-7c1e',
    atMs: startedAtMs + 4000,
    trigger: { kind: 'data', detail: 'flight-delay/incoming/2001-january.json (5 903 flights)' },
    outcome: 'LIVE',
    reasons: [],
    championConfig: undefined,
    resumedFromEpoch: 5,
    auc: 0.671,
  });
  const second = tell({
    id: 'flight-delay-20260302-092744-a02b',
    atMs: first.endedAtMs + 60_000,
    trigger: { kind: 'data', detail: 'flight-delay/incoming/2001-february.json (5 214 flights)' },
    outcome: 'LIVE',
    reasons: [],
    championConfig: configOf(first.id),
    resumedFromEpoch: undefined,
    auc: 0.684,
  });
  const third = tell({
    id: 'flight-delay-20260302-100311-55d0',
    atMs: second.endedAtMs + 60_000,
    trigger: { kind: 'image', detail: 'flight-delay:stable is now sha256:9f2c…e1' },
    outcome: 'ROLLED_BACK',
    reasons: [
      'The alarm flight-delay-20260302-100311-55d0-errors rang while 25 % of traffic was on the challenger.',
    ],
    championConfig: configOf(second.id),
    resumedFromEpoch: undefined,
    auc: 0.681,
  });
  const fourth = tell({
    id: 'flight-delay-20260302-103655-e3f8',
    atMs: third.endedAtMs + 60_000,
    trigger: { kind: 'data', detail: 'flight-delay/incoming/2001-march-spoiled.json (4 998 flights)' },
    outcome: 'REJECTED',
    reasons: ['auc is 0.517, below 0.6', 'auc is 0.517 against 0.676: 0.159 lower, more than 0.01'],
    championConfig: configOf(second.id),
    resumedFromEpoch: undefined,
    auc: 0.517,
  });
  const releases = [first, second, third, fourth];
  const endedAtMs = fourth.endedAtMs + 30_000;
  return {
    seed: 7,
    speed: SPEED,
    startedAtMs,
    endedAtMs,
    wallSeconds: (endedAtMs - startedAtMs) / 1000 / SPEED,
    peakRssMb: 612.4,
    releases,
    traffic: trafficFor(releases, endedAtMs, SPEED),
    machines: { release, train, deploy },
  };
}
