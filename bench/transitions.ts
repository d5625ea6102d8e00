import { type Part, Rehearsal } from './rehearsal.ts';
import type { Section } from './section.ts';

/** States entered in a release and the machines it started stay under this. */
const LIMIT = 70;

const DURATIONS = [
  { shown: '1 minute', seconds: 60 },
  { shown: '20 hours', seconds: 72_000 },
];

/** How many states a release enters that ends `LIVE`, whether its jobs are short or long. */
export async function countTransitions(): Promise<Section> {
  const counted: { what: string; jobs: string; parts: Part[]; total: number }[] = [];
  for (const { shown, seconds } of DURATIONS) {
    const rehearsal = await Rehearsal.open(seconds);
    try {
      for (const what of ['create', 'update by canary']) {
        const parts = await rehearsal.release();
        counted.push({ what, jobs: shown, parts, total: sum(parts) });
      }
    } finally {
      await rehearsal.close();
    }
  }
  counted.sort((one, other) => one.what.localeCompare(other.what));
  const machines = [...new Set(counted.flatMap(({ parts }) => parts.map(({ machine }) => machine)))];

  return {
    title: 'Transitions of a LIVE release',
    how: 'States entered in the release and in the machines it started, counted in virtual time from the executions’ histories. The Express machine `wake` is started by events, not by a release, and is billed by time; it is not counted.',
    columns: ['release', 'each job takes', ...machines, 'in all', 'limit'],
    rows: counted.map(({ what, jobs, parts, total }) => [
      what,
      jobs,
      ...machines.map((machine) => String(sum(parts.filter((part) => part.machine === machine)))),
      String(total),
      `under ${LIMIT}`,
    ]),
    broken: [
      ...counted
        .filter(({ total }) => total >= LIMIT)
        .map(
          ({ what, jobs, total }) =>
            `${what} with jobs of ${jobs} takes ${total} transitions; the limit is ${LIMIT}.`,
        ),
      ...counted
        .filter(({ what, total }) => counted.some((other) => other.what === what && other.total < total))
        .map(
          ({ what, jobs }) => `${what} takes more transitions with jobs of ${jobs}; length must not matter.`,
        ),
    ],
  };
}

const sum = (parts: readonly Part[]): number =>
  parts.reduce((total, { transitions }) => total + transitions, 0);
