import type { World } from '../local/world.ts';
import type { ReportSpan } from './report/data.ts';
import { JOB_STATES } from './state-names.ts';
import type { WatchedRelease } from './watch.ts';

interface Transition {
  readonly Status: string;
  readonly StartTime: Date;
  readonly EndTime?: Date;
}

/** Jobs, endpoint phases and alarm rings of a release, for its timeline. */
export async function spansOf(world: World, release: WatchedRelease): Promise<ReportSpan[]> {
  const endedAtMs = release.execution.stopMs ?? world.clock.now();
  const spans: ReportSpan[] = [];
  for (const { reader } of release.parts.values()) {
    for (const visit of reader.visits) {
      const kind = JOB_STATES[visit.state];
      if (kind === undefined) continue;
      const label = kind === 'evaluation' ? (visit.iteration === 1 ? 'champion' : 'challenger') : 'rows';
      spans.push({ label, kind, startedAtMs: visit.enteredAtMs, endedAtMs: visit.exitedAtMs ?? endedAtMs });
    }
  }
  for (const job of trainingJobs(world, release.id)) spans.push(...(await trainingSpans(world, job)));
  spans.push(...compilationSpans(world, release.id));
  return [...spans, ...endpointSpans(world, release, endedAtMs), ...alarmSpans(world, release)];
}

/** One span for each start of the container: SageMaker's own secondary statuses. */
async function trainingSpans(world: World, name: string): Promise<ReportSpan[]> {
  const { SecondaryStatusTransitions: transitions } = (await world.door.call({
    service: 'sagemaker',
    operation: 'DescribeTrainingJob',
    input: { TrainingJobName: name },
    caller: world.person,
  })) as { SecondaryStatusTransitions: Transition[] };
  const spans: ReportSpan[] = [];
  transitions.forEach(({ Status, StartTime, EndTime }, index) => {
    if (Status !== 'Training') return;
    const reclaimed = transitions[index + 1]?.Status === 'Interrupted';
    spans.push({
      label: reclaimed ? 'on Spot' : spans.length > 0 ? 'resumed' : 'training',
      kind: 'training',
      startedAtMs: StartTime.getTime(),
      endedAtMs: (EndTime ?? StartTime).getTime(),
      ...(reclaimed && { note: 'Spot took the instance' }),
    });
  });
  return spans;
}

/** Names of a release's training jobs, one for each rung it took, as the journal told them. */
function trainingJobs(world: World, releaseId: string): string[] {
  const names = world.journal.entries
    .filter(({ subject }) => subject.startsWith(`sagemaker/training-job/${releaseId}-train-`))
    .map(({ subject }) => subject.split('/')[2]!);
  return [...new Set(names)];
}

/** From the job's start to its end, as the journal told them. */
function compilationSpans(world: World, releaseId: string): ReportSpan[] {
  const entries = world.journal.entries.filter(({ subject }) =>
    subject.startsWith(`sagemaker/compilation-job/${releaseId}-`),
  );
  return [...Map.groupBy(entries, ({ subject }) => subject).values()].map((told) => ({
    label: told.at(-1)!.what.startsWith('COMPLETED') ? 'compiled' : 'not compiled',
    kind: 'compilation' as const,
    startedAtMs: told[0]!.atMs,
    endedAtMs: told.at(-1)!.atMs,
  }));
}

const PHASES: readonly (readonly [RegExp, string])[] = [
  // A trial's config has lines of its own: what moves there are weights, or copies.
  [/-trial Creating: /, 'trial starts'],
  [/^Updating on .*-trial$/, 'weights move'],
  [/^InService on .*-trial/, 'trial'],
  [/^Creating on/, 'starting'],
  [/ Creating: /, 'starting'],
  [/ Baking: Baking canary/, 'canary bakes'],
  [/ Baking: Baking full/, 'all traffic'],
  [/ Baking: Baking linear step/, 'step bakes'],
  [/ Baking: Baking batch/, 'batch bakes'],
  [/^InService/, 'in service'],
];

function endpointSpans(world: World, release: WatchedRelease, endedAtMs: number): ReportSpan[] {
  const entries = world.journal.entries.filter(
    ({ subject, what, atMs }) =>
      subject.startsWith('sagemaker/endpoint/') &&
      atMs >= release.execution.startMs &&
      atMs <= endedAtMs &&
      PHASES.some(([pattern]) => pattern.test(what)),
  );
  return entries.flatMap(({ what, atMs }, index) => {
    const label = PHASES.find(([pattern]) => pattern.test(what))![1];
    if (label === 'in service') return [];
    return [
      {
        label,
        kind: 'endpoint' as const,
        startedAtMs: atMs,
        endedAtMs: entries[index + 1]?.atMs ?? endedAtMs,
      },
    ];
  });
}

function alarmSpans(world: World, release: WatchedRelease): ReportSpan[] {
  return world.journal.entries
    .filter(
      ({ subject, what }) =>
        subject.includes(`/${world.stackName}-release-${release.id}`) && what.includes('→ ALARM'),
    )
    .map(({ subject, what, atMs }) => ({
      label: subject.split('-').at(-1)!,
      kind: 'alarm',
      startedAtMs: atMs,
      endedAtMs: atMs,
      note: what.split('→ ALARM: ')[1] ?? what,
    }));
}
