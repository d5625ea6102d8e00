import type { ReportExecution, ReportRelease, ReportSpan, ReportVisit } from '../data.ts';

/** One line of the timeline, or several where its bars overlap. */
export interface Lane {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'machine' | ReportSpan['kind'];
  readonly rows: readonly (readonly Bar[])[];
  /** Whether its bars' notes are written under them. */
  readonly hasCaptions: boolean;
}

export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly label: string;
  readonly look: 'state' | 'caught' | 'failed' | ReportSpan['kind'];
  readonly note: string | undefined;
  readonly title: string;
}

const SPAN_NAMES: Readonly<Record<ReportSpan['kind'], string>> = {
  processing: 'Processing job',
  training: 'Training job',
  compilation: 'Compilation job',
  evaluation: 'Evaluation jobs',
  endpoint: 'Endpoint',
  alarm: 'Alarm',
};

/** Machines first, in the order they started, then what they set in motion. */
export function lanesOf(release: ReportRelease): Lane[] {
  // Items of a Map that are over at once would be rows of dots.
  const leastMs = (release.endedAtMs - release.startedAtMs) / 300;
  // A watch goes on for a day after the release, with all that it starts.
  const machines = release.executions
    .filter(({ startedAtMs }) => startedAtMs < release.endedAtMs)
    .map((execution) => machineLane(execution, leastMs, release.endedAtMs));
  const kinds = Object.keys(SPAN_NAMES) as ReportSpan['kind'][];
  const spans = kinds.flatMap((kind) => {
    const bars = release.spans.filter((span) => span.kind === kind).map(spanBar);
    if (bars.length === 0) return [];
    const hasCaptions = kind === 'training' && bars.some(({ note }) => note !== undefined);
    return [{ name: SPAN_NAMES[kind], detail: '', kind, rows: packed(bars), hasCaptions }];
  });
  return [...machines, ...spans];
}

function machineLane(execution: ReportExecution, leastMs: number, lastMs: number): Lane {
  const bars = (inner: boolean) =>
    execution.visits
      .filter(({ iteration }) => (iteration !== undefined) === inner)
      .map((visit) => visitBar(visit, execution.endedAtMs))
      .filter(({ fromMs }) => fromMs <= lastMs)
      .map((bar) => ({ ...bar, toMs: Math.min(bar.toMs, lastMs) }));
  return {
    name: execution.machine,
    detail: execution.name,
    kind: 'machine',
    rows: [
      ...packed(bars(false)),
      ...packed(bars(true).filter(({ fromMs, toMs }) => toMs - fromMs >= leastMs)),
    ],
    hasCaptions: false,
  };
}

function visitBar(visit: ReportVisit, endedAtMs: number): Bar {
  const which = visit.iteration === undefined ? '' : ` (item ${visit.iteration + 1})`;
  return {
    fromMs: visit.enteredAtMs,
    toMs: visit.exitedAtMs ?? endedAtMs,
    label: visit.state,
    look: visit.status === 'caught' || visit.status === 'failed' ? visit.status : 'state',
    note: visit.error,
    title: `${visit.state}${which} · ${visit.status}`,
  };
}

function spanBar(span: ReportSpan): Bar {
  const { startedAtMs, endedAtMs, kind, label, note } = span;
  return { fromMs: startedAtMs, toMs: endedAtMs, label, look: kind, note, title: label };
}

/** Bars that overlap go to rows of their own, each to the first that is free. */
function packed(bars: readonly Bar[]): Bar[][] {
  const rows: Bar[][] = [];
  for (const bar of [...bars].sort((one, other) => one.fromMs - other.fromMs)) {
    const row = rows.find((one) => (one.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY) <= bar.fromMs);
    if (row === undefined) rows.push([bar]);
    else row.push(bar);
  }
  return rows;
}
