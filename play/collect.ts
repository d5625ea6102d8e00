import type { Outcome } from '../functions/shared/generated/contracts.ts';
import type { World } from '../local/world.ts';
import { readTemplate } from '../packaging/checks/template.ts';
import { evaluationOf, readReport, trainingOf } from './evidence.ts';
import { readOutcome } from './ledger.ts';
import type { MachineDefinition, ReportData, ReportRelease, ReportTraffic } from './report/data.ts';
import { spansOf } from './spans.ts';
import type { Clients } from './traffic.ts';
import { noteOf, type Watch, type WatchedRelease } from './watch.ts';

export interface Run {
  readonly world: World;
  readonly watch: Watch;
  readonly clients: Clients;
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
    startedAtMs,
    endedAtMs: world.clock.now(),
    wallSeconds,
    peakRssMb,
    releases,
    traffic: trafficOf(run, releases),
    machines: machines(),
  };
}

async function releaseOf(world: World, release: WatchedRelease): Promise<ReportRelease> {
  const { id, request, execution } = release;
  const outcome = await readOutcome(world, request.pipeline, id);
  const challenger = readReport(world, request.pipeline, id, 'challenger');
  const champion = readReport(world, request.pipeline, id, 'champion');
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
    trigger: { kind: request.trigger?.kind ?? 'manual', detail: request.trigger?.detail ?? 'started by hand' },
    outcome: outcome?.outcome,
    reasons: outcome?.reasons ?? [],
    startedAtMs: execution.startMs,
    endedAtMs: execution.stopMs ?? world.clock.now(),
    transitions: [...release.parts.values()].reduce((sum, { reader }) => sum + reader.transitions, 0),
    executions,
    training: trainingOf(challenger, outcome?.training),
    challenger: evaluationOf(challenger, id),
    champion: evaluationOf(champion, championOf(execution.history) ?? 'champion'),
    gates: (outcome?.verdict?.gates ?? []).map(({ rule, passed, reason }) => ({ text: rule, passed, reason })),
    endpoint: outcome?.endpoint && endpointOf(outcome.endpoint),
    spans: await spansOf(world, release),
  };
}

const endpointOf = ({ name, intendedConfig, servedConfig }: NonNullable<Outcome['endpoint']>) => ({
  name,
  intendedConfig,
  servedConfig,
});

/** The release that trained the champion, as the plan named it. */
function championOf(history: readonly { readonly type: string }[]): string | undefined {
  const text = JSON.stringify(history.find((event) => event.type === 'MapStateEntered' && JSON.stringify(event).includes('Evaluate')) ?? '');
  return /\\"champion\\".*?\\"release\\":\\"([^\\"]+)/.exec(text)?.[1];
}

function trafficOf({ world, clients }: Run, releases: readonly ReportRelease[]): ReportTraffic {
  const seconds = world.sagemaker.endpoints.traffic('flight-delay');
  const champions = new Set(
    releases.filter(({ outcome }) => outcome === 'LIVE').map(({ endpoint }) => endpoint?.servedConfig),
  );
  const endpointEntries = world.journal.entries.filter(({ subject }) => subject.startsWith('sagemaker/endpoint/'));
  return {
    requests: clients.requests,
    failed: clients.failed,
    failedOnChampion: seconds.filter(({ fleet }) => champions.has(fleet)).reduce((sum, { errors }) => sum + errors, 0),
    seconds,
    alarms: world.journal.entries
      .filter(({ subject, what }) => subject.includes(`${world.stackName}-release-`) && what.includes(' → '))
      .map(({ atMs, subject, what }) => {
        const [, from = '', to = '', reason = ''] = /^(\w+) → (\w+): (.*)$/.exec(what) ?? [];
        return { atMs, name: subject.split('/').at(-1)!, from, to, reason };
      }),
    marks: endpointEntries.flatMap(({ atMs, subject, what }) => {
      const text = markOf(noteOf(subject, what) ?? '');
      return text === undefined ? [] : [{ atMs, text }];
    }),
  };
}

/** A flag on the traffic chart has room for two words. */
function markOf(note: string): string | undefined {
  if (note.includes('Activating traffic on canary')) return 'canary starts';
  if (note.includes('Activating traffic on full')) return 'all traffic';
  if (note.includes('is InService')) return 'in service';
  return undefined;
}

const MACHINES: Readonly<Record<string, string>> = {
  release: 'ReleaseMachine',
  train: 'TrainMachine',
  deploy: 'DeployMachine',
  wake: 'WakeMachine',
};

export function machines(): Record<string, MachineDefinition> {
  const { Resources } = readTemplate();
  return Object.fromEntries(
    Object.entries(MACHINES).map(([name, id]) => [name, Resources[id]!.Properties.Definition as MachineDefinition]),
  );
}
