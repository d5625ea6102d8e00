import type { MachineDefinition, ReportVisit } from '../data.ts';
import { arrowKey, innerMachines } from './edges.ts';

/** What one execution did, seen from the graph. */
export interface PathTaken {
  readonly states: ReadonlyMap<string, StateTaken>;
  /** Keys of the arrows that were followed; see `arrowKey`. */
  readonly arrows: ReadonlySet<string>;
}

export interface StateTaken {
  readonly count: number;
  readonly retries: number;
  /** Summed over visits; inside a Map they may overlap. */
  readonly totalMs: number;
  /** The worst of its visits. */
  readonly status: ReportVisit['status'];
  readonly errors: readonly string[];
}

const WORSE: readonly ReportVisit['status'][] = ['succeeded', 'running', 'caught', 'failed'];

/** Reads the path from the visits; `endedAtMs` closes what was still running. */
export function pathTaken(
  machine: MachineDefinition,
  visits: readonly ReportVisit[],
  endedAtMs: number,
): PathTaken {
  const states = new Map<string, StateTaken>();
  for (const visit of visits) states.set(visit.state, withVisit(states.get(visit.state), visit, endedAtMs));

  const arrows = new Set<string>();
  for (const sequence of sequences(machine, visits)) {
    for (const [index, visit] of sequence.entries()) {
      const next = sequence[index + 1];
      const kind = visit.status === 'caught' ? 'caught' : 'next';
      if (next !== undefined) arrows.add(arrowKey({ from: visit.state, to: next.state, kind }));
    }
  }
  return { states, arrows };
}

function withVisit(before: StateTaken | undefined, visit: ReportVisit, endedAtMs: number): StateTaken {
  const status = before?.status ?? 'succeeded';
  return {
    count: (before?.count ?? 0) + 1,
    retries: (before?.retries ?? 0) + visit.retries,
    totalMs: (before?.totalMs ?? 0) + (visit.exitedAtMs ?? endedAtMs) - visit.enteredAtMs,
    status: WORSE.indexOf(visit.status) > WORSE.indexOf(status) ? visit.status : status,
    errors: visit.error === undefined ? (before?.errors ?? []) : [...(before?.errors ?? []), visit.error],
  };
}

/** Visits that follow each other: iterations of a Map and branches of a Parallel are told apart. */
function sequences(machine: MachineDefinition, visits: readonly ReportVisit[]): ReportVisit[][] {
  const homes = new Map<string, string>();
  rememberHomes(machine, '', homes);
  const byHome = new Map<string, ReportVisit[]>();
  for (const visit of visits) {
    const key = `${homes.get(visit.state) ?? '?'}#${visit.iteration ?? ''}`;
    byHome.set(key, [...(byHome.get(key) ?? []), visit]);
  }
  return [...byHome.values()];
}

/** State names are unique in a whole definition, so a name tells which inner machine it lives in. */
function rememberHomes(machine: MachineDefinition, home: string, homes: Map<string, string>): void {
  for (const [name, state] of Object.entries(machine.States)) {
    homes.set(name, home);
    for (const [index, inner] of innerMachines(state).entries())
      rememberHomes(inner, `${home}/${name}/${index}`, homes);
  }
}
