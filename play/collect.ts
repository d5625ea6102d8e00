import type { ChosenSteps, Outcome } from '../functions/shared/generated/contracts.ts';
import type { World } from '../local/world.ts';
import { machineName, machinesOf, readTemplate } from '../packaging/checks/template.ts';
import { compilationOf, evaluationOf, readReport, trainingOf } from './evidence.ts';
import { readRecord } from './ledger.ts';
import type { Phases } from './phases.ts';
import type { MachineDefinition, ReportData, ReportRelease, ReportTraffic } from './report/data.ts';
import { isTrial, ownConfig, roleOf } from './roles.ts';
import { spansOf } from './spans.ts';
import type { Clients } from './traffic.ts';
import type { Watch, WatchedRelease } from './watch.ts';

export interface Run {
  readonly world: World;
  readonly watch: Watch;
  readonly clients: Clients;
  readonly phases: Phases;
  /** The folder with the package that was played. */
  readonly packageDirectory: string;
  readonly pipelineFile: string | undefined;
  readonly speed: number;
  readonly startedAtMs: number;
  readonly wallSeconds: number;
  readonly peakRssMb: number;
}

/** Everything the report tells, read from the world's own APIs and histories. */
export async function collect(run: Run): Promise<ReportData> {
  const { world, watch, speed, startedAtMs, wallSeconds, peakRssMb } = run;
  const releases: ReportRelease[] = [];
  for (const release of watch.releases.values()) releases.push(await releaseOf(world, release));
  return {
    seed: world.seed,
    speed,
    pipelineFile: run.pipelineFile,
    startedAtMs,
    endedAtMs: world.clock.now(),
    wallSeconds,
    peakRssMb,
    releases,
    traffic: trafficOf(run, releases),
    machines: machines(run.packageDirectory),
  };
}

async function releaseOf(world: World, release: WatchedRelease): Promise<ReportRelease> {
  const { id, request, execution } = release;
  const { outcome, plan, steps } = await readRecord(world, release);
  // A step that was not run again left its report with the release that ran it.
  const report = (role: 'challenger' | 'champion') =>
    readReport(world, request.pipeline, id, role) ??
    readReport(world, request.pipeline, steps?.[role]?.release ?? id, role);
  const challenger = report('challenger');
  const champion = report('champion');
  const executions = [...release.parts.values()].map(({ machine, view, reader }) => ({
    machine,
    name: view.name,
    status: view.status,
    startedAtMs: view.startMs,
    endedAtMs: view.stopMs ?? world.clock.now(),
    visits: reader.visits.map(({ path: _, ...visit }) => visit),
  }));
  return {
    id,
    pipeline: request.pipeline,
    trigger: {
      kind: request.trigger?.kind ?? 'manual',
      detail: request.trigger?.detail ?? 'started by hand',
    },
    outcome: outcome?.outcome,
    reasons: outcome?.reasons ?? [],
    startedAtMs: execution.startMs,
    endedAtMs: execution.stopMs ?? world.clock.now(),
    transitions: [...release.parts.values()].reduce((sum, { reader }) => sum + reader.transitions, 0),
    executions,
    steps: stepsOf(steps),
    training: trainingOf(challenger, outcome?.training),
    challenger: evaluationOf(challenger, outcome?.verdict?.challenger, id),
    champion: evaluationOf(
      champion,
      outcome?.verdict?.champion,
      plan?.evaluate?.champion?.release ?? 'champion',
    ),
    gates: (outcome?.verdict?.gates ?? []).map(({ rule, passed, reason }) => ({
      text: rule,
      passed,
      reason,
    })),
    compilation: compilationOf(challenger, outcome?.compilation),
    notes: outcome?.notes ?? [],
    endpoint: outcome?.endpoint && endpointOf(outcome.endpoint),
    spans: await spansOf(world, release),
  };
}

/** Nothing of a release that has none, or had not come so far. */
const stepsOf = (steps: ChosenSteps | undefined): ReportRelease['steps'] =>
  Object.entries(steps ?? {}).flatMap(([name, step]) =>
    step === null ? [] : [{ name, action: step.action, why: step.why }],
  );

const endpointOf = ({ name, intendedConfig, servedConfig }: NonNullable<Outcome['endpoint']>) => ({
  name,
  intendedConfig,
  servedConfig,
});

function trafficOf({ world, clients, phases }: Run, releases: readonly ReportRelease[]): ReportTraffic {
  const seconds = clients.endpoint === '' ? [] : world.sagemaker.endpoints.traffic(clients.endpoint);
  return {
    requests: clients.requests,
    failed: clients.failed,
    failedOnChampion: failedOnChampion(seconds, releases),
    seconds,
    phases: phases.all,
    alarms: alarmChanges(world),
    marks: marks(world),
  };
}

/** Failed requests that a champion answered: a release's that went LIVE, on its own config or on a later one's trial. */
export function failedOnChampion(
  seconds: ReportTraffic['seconds'],
  releases: readonly Pick<ReportRelease, 'outcome' | 'endpoint'>[],
): number {
  const live = releases.filter(({ outcome }) => outcome === 'LIVE');
  const champions = new Set(live.map(({ endpoint }) => endpoint?.servedConfig));
  const isChampion = (row: ReportTraffic['seconds'][number]) => {
    const role = roleOf(row);
    return role === 'champion' || (role !== 'shadow' && champions.has(ownConfig(row.fleet)));
  };
  return seconds.filter(isChampion).reduce((sum, { errors }) => sum + errors, 0);
}

/** Changes of the releases' own alarms; one that is deleted rings no more. */
function alarmChanges(world: World): ReportTraffic['alarms'] {
  return world.journal.entries
    .filter(({ subject }) => subject.includes(`/${world.stackName}-release-`))
    .flatMap(({ atMs, subject, what }) => {
      const name = subject.split('/').at(-1)!;
      if (what === 'deleted') return [{ atMs, name, from: '', to: 'DELETED', reason: 'the release is over' }];
      const [, from, to, reason] = /^(\w+) → (\w+): (.*)$/.exec(what) ?? [];
      return from && to ? [{ atMs, name, from, to, reason: reason ?? '' }] : [];
    });
}

const STEPS: Readonly<Record<string, string>> = {
  canary: 'canary starts',
  linear: 'next step',
  batch: 'next batch',
  full: 'all traffic',
};

/** In words for two: `trial` and what comes after it. */
function markOf(config: string, served: string): string | undefined {
  const wasTrial = isTrial(served);
  if (isTrial(config)) return wasTrial ? 'weights move' : 'trial begins';
  if (wasTrial) return config === ownConfig(served) ? 'live' : 'trial over';
  return config === served ? 'champion back' : 'live';
}

/** Flags for the traffic chart, which has room for two words each. */
function marks(world: World): ReportTraffic['marks'] {
  const found: { atMs: number; text: string }[] = [];
  let served = '';
  for (const { atMs, subject, what } of world.journal.entries) {
    if (!subject.startsWith('sagemaker/endpoint/')) continue;
    const step = / Activating traffic on (\w+)/.exec(what)?.[1];
    // To a trial and from it everything moves at once.
    if (step !== undefined && !what.includes('-trial ') && !isTrial(served))
      found.push({ atMs, text: STEPS[step] ?? step });
    const config = /^InService on ([\w-]+)/.exec(what)?.[1];
    if (config === undefined) continue;
    const text = markOf(config, served);
    if (text !== undefined) found.push({ atMs, text });
    served = config;
  }
  return found;
}

const machines = (packageDirectory: string): Record<string, MachineDefinition> =>
  Object.fromEntries(
    machinesOf(readTemplate(packageDirectory)).map(([id, { Properties }]) => [
      machineName(id),
      Properties.Definition as MachineDefinition,
    ]),
  );
