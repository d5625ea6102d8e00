import type { ReportRelease, ReportTraffic } from '../../../play/report/data.ts';

/** About 35 requests a second from the first LIVE on, shared as the releases' stories say. */
export function trafficFor(
  releases: readonly ReportRelease[],
  endedAtMs: number,
  speed: number,
): ReportTraffic {
  const [created, canary, broken] = releases;
  if (created?.endpoint === undefined || canary?.endpoint === undefined || broken?.endpoint === undefined) {
    throw new Error('the sample tells of three deployments');
  }
  const [a, b, c] = [created, canary, broken].map(({ endpoint }) => endpoint?.intendedConfig ?? '');
  const shift = span(canary, 'canary');
  const fault = span(broken, 'canary');
  const rollsBack = span(broken, 'rolls back');
  const seconds: ReportTraffic['seconds'][number][] = [];
  const add = (atMs: number, fleet: string | undefined, share: number, errorShare = 0) => {
    const noise = (Math.sin(atMs / 47_000) + Math.sin(atMs / 131_000)) / 2;
    const requests = Math.round((35 + 3 * noise) * share);
    const p50Ms = 7 + 2 * noise + (errorShare > 0 ? 4 : 0);
    if (requests > 0 && fleet !== undefined) {
      const errors = Math.round(requests * errorShare);
      seconds.push({
        atMs,
        fleet,
        variant: 'main',
        isShadow: false,
        requests,
        errors,
        p50Ms,
        p99Ms: p50Ms * 2.6 + 3 * Math.abs(noise) + (errorShare > 0 ? 21 : 0),
      });
    }
  };
  for (let atMs = created.endedAtMs; atMs < endedAtMs; atMs += speed * 1000) {
    if (atMs < shift.startedAtMs) add(atMs, a, 1);
    else if (atMs < shift.endedAtMs) {
      add(atMs, a, 0.75);
      add(atMs, b, 0.25);
    } else if (atMs >= fault.startedAtMs && atMs < fault.endedAtMs) {
      add(atMs, b, 0.75);
      add(atMs, c, 0.25, 0.45);
    } else add(atMs, b, 1);
  }
  const sum = (pick: (one: (typeof seconds)[number]) => number) =>
    seconds.reduce((all, one) => all + pick(one), 0);
  const alarm = `${broken.id}-errors`;
  return {
    requests: sum(({ requests }) => requests),
    failed: sum(({ errors }) => errors),
    failedOnChampion: 0,
    seconds,
    phases: [phase(b, shift, 0.25, 900, 225, 0), phase(c, fault, 0.25, 400, 104, 47)],
    alarms: [
      {
        atMs: rollsBack.startedAtMs - 20_000,
        name: alarm,
        from: 'OK',
        to: 'ALARM',
        reason: 'Threshold Crossed: 1 datapoint [45.0] was greater than the threshold (1.0).',
      },
      {
        atMs: rollsBack.startedAtMs + 120_000,
        name: alarm,
        from: 'ALARM',
        to: 'OK',
        reason: 'Threshold Crossed: 1 datapoint [0.0] was not greater than the threshold (1.0).',
      },
    ],
    marks: [
      { atMs: created.endedAtMs - 16_000, text: 'release 1 is live' },
      { atMs: shift.startedAtMs, text: 'canary 25 % of release 2' },
      { atMs: shift.endedAtMs, text: 'all traffic to release 2' },
      { atMs: fault.startedAtMs, text: 'canary 25 % of release 3' },
      { atMs: rollsBack.startedAtMs, text: 'rolls back to release 2' },
    ],
  };
}

function span(
  release: ReportRelease,
  label: string,
): { readonly startedAtMs: number; readonly endedAtMs: number } {
  const found = release.spans.find((one) => one.label.startsWith(label));
  if (found === undefined) throw new Error(`${release.id} has no span ${label}`);
  return found;
}

function phase(
  config: string | undefined,
  { startedAtMs, endedAtMs }: { readonly startedAtMs: number; readonly endedAtMs: number },
  expectedShare: number,
  answered: number,
  challenger: number,
  challengerFailed: number,
): ReportTraffic['phases'][number] {
  return {
    config: config ?? '',
    kind: 'instances',
    startedAtMs,
    endedAtMs,
    expectedShare,
    answered,
    challenger,
    challengerFailed,
    championFailed: 0,
  };
}
